import type { CallOptions } from "../connection/requests.js";
import { SocketStream } from "../streams/socketStream.js";
import type { MachineContext } from "./machineContext.js";
import { SocketListener } from "./socketListener.js";

/**
 * Virtio sockets between host and guest. Their methods reject with `RequestError` of kind `deviceNotConfigured` for a
 * machine without a socket device, and `invalidState` for one that does not run.
 */
export class MachineSockets {
  readonly #machine: MachineContext;
  readonly #listeners = new Map<number, SocketListener>();

  /** @internal */
  constructor(machine: MachineContext) {
    this.#machine = machine;
    machine.on("socket.accepted", (event) => this.#listeners.get(event.port)?.accept(event));
    machine.onEnd((error) => {
      for (const listener of [...this.#listeners.values()]) listener.end(error);
      this.#listeners.clear();
    });
  }

  /**
   * Connects to a port that the guest listens on. Wraps `VZVirtioSocketDevice.connect(toPort:)` (macOS 11.0).
   *
   * @throws {@link RequestError} `guestRefused`, `deviceNotConfigured`, `invalidState` or `timedOut`.
   *
   * @example
   * ```ts
   * const stream = await machine.sockets.connect(1024);
   * stream.end("hello\n");
   * ```
   */
  async connect(port: number, options: CallOptions = {}): Promise<SocketStream> {
    const { path } = await this.#machine.request("socket.connect", { port }, options);
    const what = `The connection to port ${port} of the guest`;
    // Each direction can be ended by itself.
    return this.#machine.connection.openStream(new SocketStream(true), path, what, options.signal);
  }

  /**
   * Listens on a port of the host for connections of the guest; a second listener on a port replaces the first. Wraps
   * `VZVirtioSocketDevice.setSocketListener(_:forPort:)` (macOS 11.0).
   *
   * @throws {@link RequestError} `deviceNotConfigured` or `invalidState`.
   *
   * @example
   * ```ts
   * await using listener = await machine.sockets.listen(2048);
   * for await (const connection of listener) connection.pipe(connection);
   * ```
   */
  async listen(port: number, options: CallOptions = {}): Promise<SocketListener> {
    const listener = new SocketListener(this.#machine, port, () => {
      if (this.#listeners.get(port) === listener) this.#listeners.delete(port);
    });
    const previous = this.#listeners.get(port);
    // Entered first: the guest can be quicker than the answer.
    this.#listeners.set(port, listener);
    try {
      await this.#machine.request("socket.listen", { port }, options);
    } catch (error) {
      if (this.#listeners.get(port) === listener) this.#listeners.delete(port);
      if (previous !== undefined && !this.#listeners.has(port)) this.#listeners.set(port, previous);
      throw error;
    }
    previous?.end(undefined);
    return listener;
  }
}
