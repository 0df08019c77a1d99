import { basename } from "node:path";
import type { Connection } from "../connection/connection.js";
import type { CallOptions, RequestOptions } from "../connection/requests.js";
import type { Machine } from "../machines/machine.js";
import type { Machines, NameOptions } from "../machines/machines.js";
import type {
  BundleImportFormat,
  BundleInspectResult,
  BundleResizeDiskResult,
  MachineConfiguration,
} from "../protocol/types.generated.js";

/** How a bundle is copied. */
export interface CloneOptions extends RequestOptions<"bundle.clone"> {
  /** Whether to resolve only when the data would survive a power cut; false by default. */
  synchronize?: boolean | undefined;
}

/** How the disk of a bundle is made larger. */
export interface ResizeDiskOptions extends RequestOptions<"bundle.resizeDisk"> {
  /** Whether the Recovery partition of a virtual Mac is moved to the new end of the disk; false by default. */
  relocateRecovery?: boolean | undefined;
}

/**
 * A bundle: a machine as a folder `NAME.vzkit` with configuration and disk. The object stands for the path; it holds
 * nothing open. The bundle need not exist: then its methods reject.
 *
 * All methods reject with `RequestError`: of kind `fileNotFound`, `permissionDenied`, `inUse` naming who has the bundle,
 * `bundleIncomplete`, `bundleTooNew`, or `invalidParams` for a path whose last part is not a bundle's name.
 *
 * @example
 * ```ts
 * const bundle = helper.bundles.get("dev.vzkit");
 * await bundle.clone("test.vzkit");
 * await using machine = await bundle.open();
 * ```
 */
export class Bundle {
  /** Its absolute path. */
  readonly path: string;
  /** The stored configuration, if this object came of a request that answered with it. */
  readonly configuration: MachineConfiguration | undefined;
  readonly #connection: Connection;
  readonly #machines: Machines;

  /** @internal */
  constructor(connection: Connection, machines: Machines, path: string, configuration?: MachineConfiguration) {
    this.path = path;
    this.configuration = configuration;
    this.#connection = connection;
    this.#machines = machines;
  }

  /** Its name: that of the folder without `.vzkit`. */
  get name(): string {
    return basename(this.path, ".vzkit");
  }

  /**
   * Makes a machine of the bundle, as {@link Machines.open} does; it is not started. The bundle is in use until the machine
   * is disposed of.
   */
  open(options: NameOptions = {}): Promise<Machine> {
    return this.#machines.open(this.path, options);
  }

  /**
   * Looks at the bundle without opening it. Sizes are in bytes. `bundle.missing` names the files and folders of the
   * configuration that cannot be found.
   */
  inspect(options: CallOptions = {}): Promise<BundleInspectResult> {
    return this.#connection.request("bundle.inspect", { path: this.path }, options);
  }

  /**
   * Copies a bundle that is not in use; the clone gets a machine identifier and MAC addresses of its own. Blocks are shared
   * where the file system can do that, else data is copied and holes stay holes. Progress counts bytes of data. After an
   * error or `AbortError` nothing is left behind.
   *
   * @param to - The bundle to make. A relative path is one of this process.
   * @throws {@link RequestError} `fileExists` or `outOfDiskSpace` too.
   */
  async clone(to: string, { synchronize, ...options }: CloneOptions = {}): Promise<Bundle> {
    const made = await this.#connection.request("bundle.clone", { path: this.path, to, synchronize }, options);
    return this.#bundle(made.path, made.configuration);
  }

  /**
   * Replaces the configuration of a bundle that is not in use; resolves with what is stored. Machine identifier and MAC
   * addresses that `configuration` leaves out stay what they are. It is checked as by {@link Bundles.create}: until the new
   * one is stored whole, the old one stays.
   *
   * @throws {@link RequestError} `invalidConfiguration` or `outOfDiskSpace` too.
   *
   * @example
   * ```ts
   * const { configuration } = await bundle.inspect();
   * if (configuration) await bundle.update({ ...configuration, memorySize: gib(8) });
   * ```
   */
  async update(configuration: MachineConfiguration, options: CallOptions = {}): Promise<MachineConfiguration> {
    const params = { path: this.path, configuration };
    return (await this.#connection.request("bundle.update", params, options)).configuration;
  }

  /**
   * Gives a bundle that is not in use a machine identifier and MAC addresses of its own; resolves with the stored
   * configuration. A bundle that was copied by other means than `clone` needs it: the copy is the same machine as its
   * original to guests, networks and services, and does not start beside it.
   */
  async renewIdentity(options: CallOptions = {}): Promise<MachineConfiguration> {
    return (await this.#connection.request("bundle.renewIdentity", { path: this.path }, options)).configuration;
  }

  /**
   * Gives a bundle that is not in use another name in its folder; resolves with the bundle under its new path.
   *
   * @param name - The name without `.vzkit`.
   * @throws {@link RequestError} `fileExists` too.
   */
  async rename(name: string, options: CallOptions = {}): Promise<Bundle> {
    return this.#bundle((await this.#connection.request("bundle.rename", { path: this.path, name }, options)).path);
  }

  /**
   * Makes the disk of a bundle that is not in use larger. The guest has to extend its partitions itself. A smaller size is
   * refused with `invalidParams`.
   *
   * A virtual Mac can use the new space only when the Recovery partition behind its system goes to the new end of the disk:
   * `relocateRecovery` moves it there, on RAW disks, safely at every moment; then `diskutil apfs resizeContainer disk0s2 0`
   * works in the guest. `recovery` and `notes` of the result say where that partition lies and what to do next. Progress
   * counts its bytes, first copied and then compared.
   *
   * @param size - Bytes, a multiple of 512.
   * @throws {@link RequestError} `notSupported` or `invalidDiskImage` too, and `invalidParams` naming the smallest size
   * when the disk would grow by less than the Recovery partition has.
   *
   * @example
   * ```ts
   * await helper.bundles.get("mac.vzkit").resizeDisk(gib(128), { relocateRecovery: true });
   * ```
   */
  resizeDisk(size: number, { relocateRecovery, ...options }: ResizeDiskOptions = {}): Promise<BundleResizeDiskResult> {
    return this.#connection.request("bundle.resizeDisk", { path: this.path, size, relocateRecovery }, options);
  }

  /** Deletes a bundle that is not in use with all that is in it, or what an interrupted creation or deletion has left. */
  async delete(options: CallOptions = {}): Promise<void> {
    await this.#connection.request("bundle.delete", { path: this.path }, options);
  }

  #bundle(path: string, configuration?: MachineConfiguration): Bundle {
    return new Bundle(this.#connection, this.#machines, path, configuration);
  }
}

/** A bundle that was made of another program's machine. */
export class ImportedBundle extends Bundle {
  /** The program that made the machine. */
  readonly format: BundleImportFormat;
  /** What is not as it was, in sentences for people; empty when everything is. */
  readonly notes: readonly string[];

  /** @internal */
  constructor(
    connection: Connection,
    machines: Machines,
    made: { path: string; configuration: MachineConfiguration; format: BundleImportFormat; notes: string[] },
  ) {
    super(connection, machines, made.path, made.configuration);
    this.format = made.format;
    this.notes = made.notes;
  }
}
