import { isGone } from "../connection/gone.js";
import type { CallOptions } from "../connection/requests.js";
import { EventHub } from "../events/eventHub.js";
import { EventSource } from "../events/eventSource.js";
import type { SocketAcceptedEvent } from "../protocol/types.generated.js";
import { SocketStream } from "../streams/socketStream.js";
import type { MachineContext } from "./machineContext.js";

/** Connections that may wait to be taken; further ones are closed, as by a socket whose backlog is full. */
const BACKLOG = 128;

interface Waiter {
  resolve(result: IteratorResult<SocketStream, undefined>): void;
  reject(error: Error): void;
}

/** What a listener tells of. */
export interface SocketListenerEvents {
  /** The guest connected. Taken by a listener for it, a connection is not given to an iterator. */
  connection: SocketStream;
}

/**
 * Takes the connections that a guest makes to a port of the host, as events or by iteration. Connections that come while
 * nobody takes them wait.
 *
 * @example
 * ```ts
 * for await (const connection of listener) connection.pipe(connection);
 * ```
 */
export class SocketListener
  extends EventSource<SocketListenerEvents>
  implements AsyncIterableIterator<SocketStream, undefined>, AsyncDisposable
{
  /** The port of the host. */
  readonly port: number;
  readonly #machine: MachineContext;
  readonly #hub: EventHub<SocketListenerEvents>;
  readonly #forget: () => void;
  readonly #backlog: SocketStream[] = [];
  readonly #waiters: Waiter[] = [];
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(machine: MachineContext, port: number, forget: () => void) {
    const hub = new EventHub<SocketListenerEvents>(machine.connection.hold);
    super(hub);
    this.#hub = hub;
    this.#machine = machine;
    this.#forget = forget;
    this.port = port;
  }

  /** Calls the listener for each connection, those that wait first. */
  override on(event: "connection", listener: (connection: SocketStream) => void): this {
    super.on(event, listener);
    for (const connection of this.#backlog.splice(0)) this.#offer(connection);
    return this;
  }

  /** The next connection; done when the listener was closed. Rejects when the helper dies. */
  next(): Promise<IteratorResult<SocketStream, undefined>> {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      const connection = this.#takeWaiting();
      if (connection !== undefined) return resolve({ done: false, value: connection });
      if (this.#hub.ended !== undefined) return finish(waiter, this.#hub.ended.error);
      this.#waiters.push(waiter);
      this.#hub.hold.acquire();
    });
  }

  /** Leaving a loop does not close the listener: another loop can go on. */
  async return(): Promise<IteratorResult<SocketStream, undefined>> {
    return { done: true, value: undefined };
  }

  /** Iterates over the connections. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Stops listening and closes the connections that nobody took. Those taken go on. */
  close(options: CallOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  /** Closes the listener. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @internal */
  accept({ path, sourcePort }: SocketAcceptedEvent): void {
    const what = `The connection from port ${sourcePort} of the guest`;
    // A connection that is gone before it was taken is nobody's loss.
    this.#machine.connection.openStream(new SocketStream(true), path, what).then(
      (connection) => this.#offer(connection),
      () => {},
    );
  }

  /** @internal */
  end(error: Error | undefined): void {
    for (const connection of this.#backlog.splice(0)) connection.destroy();
    for (const waiter of this.#waiters.splice(0)) {
      this.#hub.hold.release();
      finish(waiter, error);
    }
    this.#hub.end(error);
  }

  #offer(connection: SocketStream): void {
    if (this.#hub.ended !== undefined || this.#backlog.length >= BACKLOG) connection.destroy();
    else if (this.#hub.count("connection") > 0) this.#hub.emit("connection", connection);
    else if (this.#waiters.length === 0) this.#backlog.push(connection);
    else {
      this.#hub.hold.release();
      this.#waiters.shift()?.resolve({ done: false, value: connection });
    }
  }

  /** The oldest connection that waits; the guest can have hung up meanwhile. */
  #takeWaiting(): SocketStream | undefined {
    let connection = this.#backlog.shift();
    while (connection?.destroyed === true) connection = this.#backlog.shift();
    return connection;
  }

  async #close(options: CallOptions): Promise<void> {
    this.#forget();
    const wasEnded = this.#hub.ended !== undefined;
    this.end(undefined);
    if (wasEnded) return;
    try {
      await this.#machine.request("socket.stopListening", { port: this.port }, options);
    } catch (error) {
      // The listener is gone with the machine or the helper.
      if (!isGone(error)) throw error;
    }
  }
}

function finish(waiter: Waiter, error: Error | undefined): void {
  if (error === undefined) waiter.resolve({ done: true, value: undefined });
  else waiter.reject(error);
}
