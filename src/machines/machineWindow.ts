import { isGone } from "../connection/gone.js";
import type { CallOptions } from "../connection/requests.js";
import { EventHub } from "../events/eventHub.js";
import { EventSource } from "../events/eventSource.js";
import type { WindowClosedEvent } from "../protocol/types.generated.js";
import type { MachineContext } from "./machineContext.js";

/** The events of a window. */
export interface MachineWindowEvents {
  /** It closed. Emitted once, unless another window took its place. */
  closed: WindowClosedEvent;
}

/** A window of the host on a machine. The machine goes on when it closes. */
export class MachineWindow extends EventSource<MachineWindowEvents> implements AsyncDisposable {
  readonly #machine: MachineContext;
  readonly #hub: EventHub<MachineWindowEvents>;

  /** @internal */
  constructor(machine: MachineContext) {
    const hub = new EventHub<MachineWindowEvents>(machine.connection.hold);
    super(hub);
    this.#hub = hub;
    this.#machine = machine;
  }

  /** Closes the window. One that is closed already, or gone with its machine or helper, is no error. */
  async close(options: CallOptions = {}): Promise<void> {
    // One that another took the place of must not close that.
    if (this.#hub.ended !== undefined) return;
    try {
      await this.#machine.request("window.close", {}, options);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Closes the window. */
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
