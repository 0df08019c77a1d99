import type { Connection } from "./connection/connection.js";
import type { CallOptions } from "./connection/requests.js";
import { Machine } from "./machine.js";
import type { Events } from "./protocol/methods.generated.js";
import type {
  BundleOpenResult,
  MachineConfiguration,
  MachineCreateParams,
  MachineCreateResult,
  MachineHandle,
  MachineListResult,
  MachineValidateResult,
} from "./protocol/types.generated.js";

/** The virtual machines of a helper. */
export class Machines {
  readonly #connection: Connection;
  readonly #known = new Map<MachineHandle, Machine>();

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
    const { events } = connection;
    for (const name of ["machine.stateChanged", "machine.stopped", "socket.accepted", "window.closed"] as const) {
      events.add(name, (event: Events[typeof name]) => this.#known.get(event.machine)?.deliver(name, event));
    }
    events.onEnd((error) => {
      for (const machine of this.#known.values()) machine.end(error);
      this.#known.clear();
    });
  }

  /**
   * Makes a machine; it is not started. The configuration is checked by the framework's rules. `name` is for messages
   * and logs, 1 to 255 bytes. Wraps `VZVirtualMachine.init(configuration:queue:)` (macOS 11.0).
   *
   * Rejects with `RequestError` of kind `invalidConfiguration`, `invalidDiskImage`, `fileNotFound`, `permissionDenied`,
   * `notSupported`, `hypervisorMissing`, or `invalidParams` for what is wrong with the configuration's shape.
   */
  async create(params: MachineCreateParams, options: CallOptions = {}): Promise<Machine> {
    return this.adopt(await this.#connection.request("machine.create", params, options));
  }

  /**
   * Checks a configuration against the framework's rules without making anything. Rejects as `create` does. Wraps
   * `VZVirtualMachineConfiguration.validate()` (macOS 11.0) and `validateSaveRestoreSupport()` (macOS 14.0).
   */
  validate(configuration: MachineConfiguration, options: CallOptions = {}): Promise<MachineValidateResult> {
    return this.#connection.request("machine.validate", { configuration }, options);
  }

  /** The machines of the helper, oldest first, those of its other clients too. */
  list(options: CallOptions = {}): Promise<MachineListResult> {
    return this.#connection.request("machine.list", undefined, options);
  }

  /** The machine of a handle, such as one from `list`. It need not exist: then its methods reject. */
  get(handle: MachineHandle): Machine {
    return this.#known.get(handle) ?? this.#enter(new Machine(this.#connection, handle, undefined, this.#forget));
  }

  /** @internal */
  adopt(made: MachineCreateResult | BundleOpenResult): Machine {
    return this.#enter(new Machine(this.#connection, made.machine, made, this.#forget));
  }

  #enter(machine: Machine): Machine {
    this.#known.set(machine.handle, machine);
    return machine;
  }

  readonly #forget = (handle: MachineHandle): void => {
    this.#known.delete(handle);
  };
}
