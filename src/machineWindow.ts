import type { Connection } from "./connection/connection.js";
import type { CallOptions } from "./connection/requests.js";
import { ConnectionClosedError, HelperExitError, RequestError } from "./errors.js";
import { EventHub } from "./eventHub.js";
import { EventSource } from "./events.js";
import type { MachineHandle, WindowClosedEvent, WindowOpenParams } from "./protocol/types.generated.js";

/** How a window looks and works. */
export type WindowOptions = Omit<WindowOpenParams, "machine">;

/** What a window tells of. */
export interface MachineWindowEvents {
  /** It closed. Told once, unless another window took its place. */
  closed: WindowClosedEvent;
}

/** A window of the host on a machine. The machine goes on when it closes. */
export class MachineWindow extends EventSource<MachineWindowEvents> implements AsyncDisposable {
  readonly #connection: Connection;
  readonly #machine: MachineHandle;
  readonly #hub: EventHub<MachineWindowEvents>;

  /** @internal */
  constructor(connection: Connection, machine: MachineHandle) {
    const hub = new EventHub<MachineWindowEvents>(connection.hold);
    super(hub);
    this.#hub = hub;
    this.#connection = connection;
    this.#machine = machine;
  }

  /** Closes the window. One that is closed already, or gone with its machine or helper, is no error. */
  async close(options: CallOptions = {}): Promise<void> {
    // One that another took the place of must not close that.
    if (this.#hub.ended !== undefined) return;
    try {
      await this.#connection.request("window.close", { machine: this.#machine }, options);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @internal */
  deliver(event: WindowClosedEvent): void {
    this.#hub.emit("closed", event);
    this.#hub.end(undefined);
  }

  /** @internal */
  end(error: Error | undefined): void {
    this.#hub.end(error);
  }
}

function isGone(error: unknown): boolean {
  if (error instanceof RequestError) return error.kind === "machineNotFound" || error.kind === "shuttingDown";
  return error instanceof HelperExitError || error instanceof ConnectionClosedError;
}
