import type { Connection } from "../connection/connection.js";
import type { CallOptions } from "../connection/requests.js";
import { machineEventNames } from "../protocol/methods.generated.js";
import type {
  BundleCreateMacParams,
  BundleOpenResult,
  MachineConfiguration,
  MachineCreateResult,
  MachineHandle,
  MachineSummary,
  MachineValidateResult,
  RestoreImagePreflightWarning,
} from "../protocol/types.generated.js";
import { Machine } from "./machine.js";
import { restoreImagePath } from "./restoreImagePath.js";

/** How a machine is called in messages and logs. */
export interface NameOptions extends CallOptions {
  /** A name for messages and logs, 1 to 255 bytes. */
  name?: string | undefined;
}

/** What a virtual Mac is made from; devices that are left out are the usual ones. */
export type CreateMacOptions = Omit<BundleCreateMacParams, "path" | "restoreImage"> &
  CallOptions & {
    /** The restore image that is to be installed: its path, or what a download or `restoreImages.load` resolved with. */
    restoreImage: string | { path?: string | undefined };
    /** Called with what may end the installation all the same, such as an image newer than the host by a minor version. */
    onWarning?: ((warning: RestoreImagePreflightWarning) => void) | undefined;
  };

/** The virtual machines of a helper. */
export class Machines {
  readonly #connection: Connection;
  readonly #known = new Map<MachineHandle, Machine>();

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
    const { events } = connection;
    for (const name of machineEventNames) {
      events.add(name, (event) => this.#known.get(event.machine)?.deliver(name, event));
    }
    events.onEnd((error) => {
      for (const machine of this.#known.values()) machine.end(error);
      this.#known.clear();
    });
  }

  /**
   * Makes a machine; it is not started. The configuration is checked by the framework's rules. Relative paths in it are
   * those of this process. Wraps `VZVirtualMachine.init(configuration:queue:)` (macOS 11.0).
   *
   * @throws {@link RequestError} `invalidConfiguration`, `invalidDiskImage`, `fileNotFound`, `permissionDenied`,
   * `notSupported`, `hypervisorMissing`, or `invalidParams` for what is wrong with the configuration's shape.
   *
   * @example
   * ```ts
   * await using machine = await helper.machines.create(linuxConfiguration({ kernel: "vmlinuz" }), { name: "build" });
   * ```
   */
  async create(configuration: MachineConfiguration, { name, ...options }: NameOptions = {}): Promise<Machine> {
    return this.#adopt(await this.#connection.request("machine.create", { configuration, name }, options));
  }

  /**
   * Makes a machine of a bundle; it is not started. The bundle is in use until the machine is disposed of. Its name is
   * the bundle's by default.
   *
   * @param path - The bundle. A relative path is one of this process.
   * @throws {@link RequestError} as {@link Machines.create} does, and `inUse`, naming who has the bundle,
   * `bundleIncomplete` or `bundleTooNew`.
   *
   * @example
   * ```ts
   * await using machine = await helper.machines.open("dev.vzkit");
   * ```
   */
  async open(path: string, { name, ...options }: NameOptions = {}): Promise<Machine> {
    return this.#adopt(await this.#connection.request("bundle.open", { path, name }, options));
  }

  /**
   * Makes the bundle of a virtual Mac for a restore image, and its machine; install it next. CPUs, memory, disk and devices
   * are the usual ones unless given: at least 4 CPUs, 8 GiB of memory or half of the host's, a sparse disk of 64 GiB, one
   * display of 1920 by 1200 pixels, trackpad, keyboard, sound, NAT and shared folders; the protocol's reference has them
   * all. Sizes are in bytes. Wraps `VZMacPlatformConfiguration` and what it needs (macOS 12.0).
   *
   * @param path - The bundle to make. A relative path is one of this process.
   * @throws {@link RequestError} as {@link Machines.open} and {@link Bundles.create} do, with `installationRequiresUpdate`
   * for an image that is too new for this host, `invalidRestoreImage`, and `notSupported` where there are no virtual Macs.
   *
   * @example
   * ```ts
   * const restoreImage = await (await helper.restoreImages.latestSupported()).download();
   * await using mac = await helper.machines.createMac("mac.vzkit", { restoreImage });
   * await mac.install(restoreImage);
   * ```
   */
  async createMac(
    path: string,
    { signal, timeout, restoreImage, onWarning, ...params }: CreateMacOptions,
  ): Promise<Machine> {
    const wanted = { ...params, path, restoreImage: restoreImagePath(restoreImage) };
    const made = await this.#connection.request("bundle.createMac", wanted, { signal, timeout });
    for (const warning of made.warnings) onWarning?.(warning);
    return this.#adopt(made);
  }

  /**
   * Checks a configuration against the framework's rules without making anything. Wraps
   * `VZVirtualMachineConfiguration.validate()` (macOS 11.0) and `validateSaveRestoreSupport()` (macOS 14.0).
   *
   * @throws {@link RequestError} as {@link Machines.create} does.
   */
  validate(configuration: MachineConfiguration, options: CallOptions = {}): Promise<MachineValidateResult> {
    return this.#connection.request("machine.validate", { configuration }, options);
  }

  /** Lists the machines of the helper, oldest first, those of its other clients included. */
  async list(options: CallOptions = {}): Promise<MachineSummary[]> {
    return (await this.#connection.request("machine.list", undefined, options)).machines;
  }

  /** Returns the machine of a handle, such as one from `list`. It need not exist: then its methods reject. */
  get(handle: MachineHandle): Machine {
    return this.#known.get(handle) ?? this.#enter(new Machine(this.#connection, handle, undefined, this.#forget));
  }

  #adopt(made: MachineCreateResult | BundleOpenResult): Machine {
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
