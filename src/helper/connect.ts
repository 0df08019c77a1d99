import type { Socket } from "node:net";
import * as z from "zod";
import { ConnectionClosedError } from "../base/errors.js";
import { Connection } from "../connection/connection.js";
import type { CallOptions } from "../connection/requests.js";
import type { Failure, Transport } from "../connection/transport.js";
import { openStream, SocketStream } from "../streams/socketStream.js";
import { handshake } from "./handshake.js";
import { Helper } from "./helper.js";
import { checkOptions } from "./options.js";
import { absolutePath } from "./paths.js";

/** Which helper to connect to. */
export interface ConnectOptions extends CallOptions {
  /** The Unix socket that a helper listens on, as given to `vzkit-helper --listen`. */
  path: string;
}

const optionsSchema: z.ZodType<ConnectOptions> = z.strictObject({
  path: z.string().min(1),
  timeout: z.number().positive().nullable().optional(),
  signal: z.instanceof(AbortSignal).optional(),
});

/**
 * Connects to a helper that was started with `--listen`. It and its machines stay when the connection goes.
 *
 * Rejects with `ConnectionClosedError` when nobody listens there, or `HelperVersionError`.
 */
export async function connectHelper(options: ConnectOptions): Promise<Helper> {
  checkOptions("connectHelper", optionsSchema, options);
  const { path, signal, timeout } = options;
  const socket = await openStream(new SocketStream(false), path, "The helper", signal);
  const connection = new Connection(new SocketTransport(socket, path));
  try {
    const info = await handshake(connection, { helper: `at ${path}`, isOwn: false, signal, timeout });
    return new Helper(connection, info, { kind: "connected" });
  } catch (error) {
    connection.close(() => new ConnectionClosedError("The helper could not be connected to"));
    throw error;
  }
}

class SocketTransport implements Transport {
  readonly readable: Socket;
  readonly writable: Socket;
  readonly openStream = openStream;
  readonly resolvePath = absolutePath;
  readonly #path: string;

  constructor(socket: Socket, path: string) {
    this.readable = socket;
    this.writable = socket;
    this.#path = path;
  }

  ref(): void {
    this.readable.ref();
  }

  unref(): void {
    this.readable.unref();
  }

  whyEnded(): Promise<Failure> {
    return Promise.resolve(() => new ConnectionClosedError(`The helper at ${this.#path} closed the connection`));
  }

  kill(): void {
    this.readable.destroy();
  }
}
