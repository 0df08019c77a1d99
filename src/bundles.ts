import type { Connection } from "./connection/connection.js";
import type { CallOptions, RequestOptions, Result } from "./connection/requests.js";
import type { Machine } from "./machine.js";
import type { Machines } from "./machines.js";
import { absolutePath, pathOf } from "./paths.js";
import type {
  BundleCloneResult,
  BundleCreateMacParams,
  BundleCreateParams,
  BundleImportResult,
  BundleInspectResult,
  BundleResizeDiskResult,
  BundleSummary,
  MachineConfiguration,
  RestoreImagePreflightWarning,
} from "./protocol/types.generated.js";

/** What a virtual Mac is made from; devices that are left out are the usual ones. */
export type CreateMacOptions = Omit<BundleCreateMacParams, "restoreImage"> &
  CallOptions & {
    /** The restore image that is to be installed: its path, or what a download or `restoreImages.load` resolved with. */
    restoreImage: string | { path?: string | undefined };
    /** Is told what may end the installation all the same, such as an image that is newer than the host by a minor version. */
    onWarning?: ((warning: RestoreImagePreflightWarning) => void) | undefined;
  };

export interface ImportOptions extends RequestOptions<"bundle.import"> {
  /** Whether the bundle becomes a machine of its own, with a new machine identifier and MAC address; false by default. */
  newIdentity?: boolean | undefined;
  /** Whether to resolve only when the data would survive a power cut; false by default. */
  synchronize?: boolean | undefined;
}

export interface ResizeDiskOptions extends RequestOptions<"bundle.resizeDisk"> {
  /** Whether the Recovery partition of a virtual Mac is moved to the new end of the disk; false by default. */
  relocateRecovery?: boolean | undefined;
}

/**
 * Bundles: machines as folders `NAME.vzkit` with configuration and disk. Relative paths are those of this process.
 *
 * All methods reject with `RequestError`: of kind `fileNotFound`, `permissionDenied`, `inUse` naming who has the bundle,
 * `bundleIncomplete`, `bundleTooNew`, or `invalidParams` for a path whose last part is no bundle's name.
 */
export class Bundles {
  readonly #connection: Connection;
  readonly #machines: Machines;

  /** @internal */
  constructor(connection: Connection, machines: Machines) {
    this.#connection = connection;
    this.#machines = machines;
  }

  /**
   * Makes a bundle; resolves with its path and stored configuration. It appears only when it is whole; what an
   * interrupted creation left is replaced. `diskSize`, in bytes and a multiple of 512, makes a sparse `disk.img`, which
   * becomes the first disk; `diskFormat` is `raw` or, on macOS 26, `asif`. Rejects with `fileExists`,
   * `invalidConfiguration`, `outOfDiskSpace` or `notSupported` too.
   */
  async create(params: BundleCreateParams, options: CallOptions = {}): Promise<Result<"bundle.create">> {
    return this.#connection.request("bundle.create", { ...params, path: absolute(params.path) }, options);
  }

  /**
   * Makes the bundle of a virtual Mac for a restore image, and opens it; install it next. CPUs, memory, disk and devices
   * are the usual ones unless given: at least 4 CPUs, 8 GiB of memory or half of the host's, a sparse disk of 64 GiB, one
   * display of 1920 by 1200 pixels, trackpad, keyboard, sound, NAT and shared folders; the protocol's reference has them
   * all. Sizes are in bytes. Wraps `VZMacPlatformConfiguration` and what it needs (macOS 12.0).
   *
   * Rejects as `create` and `open` do, with `installationRequiresUpdate` for an image that is too new for this host,
   * `invalidRestoreImage`, and `notSupported` where there are no virtual Macs.
   */
  async createMac({ signal, timeout, restoreImage, onWarning, ...params }: CreateMacOptions): Promise<Machine> {
    const path = absolute(params.path);
    const options = { signal, timeout };
    const wanted = { ...params, path, restoreImage: pathOf(restoreImage) };
    const { warnings } = await this.#connection.request("bundle.createMac", wanted, options);
    for (const warning of warnings) onWarning?.(warning);
    return this.open(path, options);
  }

  /**
   * Makes a machine of a bundle; it is not started. The bundle is in use until the machine is disposed of. `name` is for
   * messages and logs, the bundle's by default. Rejects as `helper.machines.create` does too.
   */
  async open(path: string, { name, ...options }: { name?: string | undefined } & CallOptions = {}): Promise<Machine> {
    const params = { path: absolute(path), ...(name !== undefined && { name }) };
    return this.#machines.adopt(await this.#connection.request("bundle.open", params, options));
  }

  /** The bundles in a folder by name, those included that an interrupted creation or deletion left incomplete. */
  async list(folder: string, options: CallOptions = {}): Promise<BundleSummary[]> {
    return (await this.#connection.request("bundle.list", { folder: absolute(folder) }, options)).bundles;
  }

  /**
   * Looks at a bundle without opening it. Sizes are in bytes. `bundle.missing` names the files and folders of the
   * configuration that cannot be found.
   */
  async inspect(path: string, options: CallOptions = {}): Promise<BundleInspectResult> {
    return this.#connection.request("bundle.inspect", { path: absolute(path) }, options);
  }

  /**
   * Copies a bundle that is not in use; the clone gets a machine identifier and MAC addresses of its own. Blocks are shared
   * where the file system can do that, else data is copied and holes stay holes. Progress counts bytes of data. After an
   * error or `AbortError` nothing is left behind. With `synchronize` it resolves when the data would survive a power cut.
   * Rejects with `fileExists` or `outOfDiskSpace` too.
   */
  async clone(
    path: string,
    to: string,
    { synchronize, ...options }: { synchronize?: boolean | undefined } & RequestOptions<"bundle.clone"> = {},
  ): Promise<BundleCloneResult> {
    const params = { path: absolute(path), to: absolute(to), ...(synchronize !== undefined && { synchronize }) };
    return this.#connection.request("bundle.clone", params, options);
  }

  /**
   * Copies a virtual Mac of Tart (`~/.tart/vms/NAME`) or Lume (`~/.lume/NAME`) into a bundle, as `clone` copies one. The
   * original is not changed and must not be in use. The guest stays the same machine, with its Apple account and its
   * address, and must then not run in both places at once; `newIdentity` makes it another one. `notes` says what is not as
   * it was: a saved state is left out, and the network is always NAT.
   *
   * Rejects with `invalidConfiguration` for a folder whose files make no sense, `notSupported` for Linux guests (they need
   * an EFI boot loader), disks in layers and formats of other versions, `fileExists` or `outOfDiskSpace` too.
   */
  async import(
    from: string,
    to: string,
    { newIdentity, synchronize, ...options }: ImportOptions = {},
  ): Promise<BundleImportResult> {
    const params = {
      from: absolute(from),
      to: absolute(to),
      ...(newIdentity !== undefined && { newIdentity }),
      ...(synchronize !== undefined && { synchronize }),
    };
    return this.#connection.request("bundle.import", params, options);
  }

  /**
   * Replaces the configuration of a bundle that is not in use; resolves with what is stored. Machine identifier and MAC
   * addresses that `configuration` leaves out stay what they are. It is checked as by `create`: until the new one is stored
   * whole, the old one stays. Rejects with `invalidConfiguration` or `outOfDiskSpace` too.
   *
   * @example
   * const { configuration } = await helper.bundles.inspect("dev.vzkit");
   * if (configuration) await helper.bundles.update("dev.vzkit", { ...configuration, memorySize: gib(8) });
   */
  async update(
    path: string,
    configuration: MachineConfiguration,
    options: CallOptions = {},
  ): Promise<MachineConfiguration> {
    const params = { path: absolute(path), configuration };
    return (await this.#connection.request("bundle.update", params, options)).configuration;
  }

  /**
   * Gives a bundle that is not in use a machine identifier and MAC addresses of its own; resolves with the stored
   * configuration. A bundle that was copied by other means than `clone` needs it: the copy is the same machine as its
   * original to guests, networks and services, and does not start beside it.
   */
  async renewIdentity(path: string, options: CallOptions = {}): Promise<MachineConfiguration> {
    const params = { path: absolute(path) };
    return (await this.#connection.request("bundle.renewIdentity", params, options)).configuration;
  }

  /** Gives a bundle that is not in use another name in its folder, without `.vzkit`; resolves with its new path. */
  async rename(path: string, name: string, options: CallOptions = {}): Promise<string> {
    return (await this.#connection.request("bundle.rename", { path: absolute(path), name }, options)).path;
  }

  /**
   * Makes the disk of a bundle that is not in use larger; `size` is in bytes, a multiple of 512. The guest has to extend
   * its partitions itself. A smaller size is refused with `invalidParams`.
   *
   * A virtual Mac can use the new space only when the Recovery partition behind its system goes to the new end of the disk:
   * `relocateRecovery` moves it there, on RAW disks, safely at every moment; then `diskutil apfs resizeContainer disk0s2 0`
   * works in the guest. `recovery` and `notes` of the result say where that partition lies and what to do next. Progress
   * counts its bytes, first copied and then compared. Rejects with `notSupported` or `invalidDiskImage` too, and
   * `invalidParams` naming the smallest size when the disk would grow by less than that partition has.
   *
   * @example
   * await helper.bundles.resizeDisk("mac.vzkit", gib(128), { relocateRecovery: true });
   */
  resizeDisk(
    path: string,
    size: number,
    { relocateRecovery, ...options }: ResizeDiskOptions = {},
  ): Promise<BundleResizeDiskResult> {
    const params = { path: absolute(path), size, ...(relocateRecovery !== undefined && { relocateRecovery }) };
    return this.#connection.request("bundle.resizeDisk", params, options);
  }

  /** Deletes a bundle that is not in use with all that is in it, or what an interrupted creation or deletion has left. */
  async delete(path: string, options: CallOptions = {}): Promise<void> {
    await this.#connection.request("bundle.delete", { path: absolute(path) }, options);
  }
}

/** What is no string is left to the check of the params, which names it. */
const absolute = (path: string): string => (typeof path === "string" ? absolutePath(path) : path);
