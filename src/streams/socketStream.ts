import { Socket } from "node:net";
import { AbortError, ConnectionClosedError } from "../base/errors.js";

/**
 * A byte stream from and to a guest, over a Unix socket. An open one keeps Node alive; end, destroy or dispose it.
 *
 * A loop over it that is left early destroys it, as with every stream of Node. One that comes to the end does not: the
 * other side can still be written to, and is open until `end`.
 */
export class SocketStream extends Socket implements AsyncDisposable {
  /** @internal */
  constructor(allowHalfOpen: boolean) {
    super({ allowHalfOpen });
    // When the helper dies its sockets break. Who reads or writes learns of it; a stream that nobody looks at must not
    // take the program down.
    this.on("error", () => {});
  }

  /** Iterates over what is received; leaving a loop early destroys the stream. */
  override async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, undefined> {
    let hasEnded = false;
    try {
      yield* this.iterator({ destroyOnReturn: false });
      hasEnded = true;
    } finally {
      if (!hasEnded) this.destroy();
    }
  }

  /** Destroys the stream and waits until it is closed. */
  override async [Symbol.asyncDispose](): Promise<void> {
    if (this.closed) return;
    const closed = new Promise<void>((resolve) => this.once("close", () => resolve()));
    this.destroy();
    await closed;
  }
}

/** Connects a stream to a Unix socket of this host. */
export function openStream<Stream extends SocketStream>(
  stream: Stream,
  path: string,
  what: string,
  signal?: AbortSignal,
): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const onAbort = () => stream.destroy(new AbortError(what, signal?.reason));
    const settle = (act: () => void) => {
      stream.off("error", onError);
      stream.off("connect", onConnect);
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    const onConnect = () => settle(() => resolve(stream));
    const onError = (error: Error) => settle(() => reject(connectError(error, what, path)));
    stream.once("connect", onConnect);
    stream.once("error", onError);
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    stream.connect({ path });
  });
}

function connectError(error: Error, what: string, path: string): Error {
  if (error instanceof AbortError) return error;
  return new ConnectionClosedError(`${what}: cannot connect to ${path}: ${error.message}`, { cause: error });
}
