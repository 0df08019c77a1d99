import type { Readable, Writable } from "node:stream";
import type { SocketStream } from "../streams/socketStream.js";
import type { Referenceable } from "./holdOpen.js";

/** Makes the error that a call fails with; each call gets its own, with its own stack. */
export type Failure = () => Error;

/** The two directions of a channel to a helper, and what is behind it. */
export interface Transport extends Referenceable {
  /** What the helper sends. */
  readonly readable: Readable;
  /** What is sent to the helper. */
  readonly writable: Writable;
  /** Connects a stream to a Unix socket of the helper's host; `what` names it in errors. */
  openStream<Stream extends SocketStream>(
    stream: Stream,
    path: string,
    what: string,
    signal?: AbortSignal,
  ): Promise<Stream>;
  /** Returns a path of this program as an absolute path of the helper's host. */
  resolvePath(path: string): string;
  /** Waits, for a bounded time, to learn why the channel ended; called once `readable` or `writable` has. */
  whyEnded(): Promise<Failure>;
  /** Cuts the channel at once, and ends a helper that was launched for it. */
  kill(): void;
}
