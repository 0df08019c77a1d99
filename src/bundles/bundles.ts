import type { Connection } from "../connection/connection.js";
import type { CallOptions, RequestOptions } from "../connection/requests.js";
import type { Machines } from "../machines/machines.js";
import type { BundleCreateParams, BundleSummary } from "../protocol/types.generated.js";
import { Bundle, ImportedBundle } from "./bundle.js";

/** What a bundle is made from. Sizes are in bytes. */
export type CreateBundleOptions = Omit<BundleCreateParams, "path"> & CallOptions;

/** How a virtual Mac of another program becomes a bundle. */
export interface ImportOptions extends RequestOptions<"bundle.import"> {
  /** Whether the bundle becomes a machine of its own, with a new machine identifier and MAC address; false by default. */
  newIdentity?: boolean | undefined;
  /** Whether to resolve only when the data would survive a power cut; false by default. */
  synchronize?: boolean | undefined;
}

/** Bundles: machines as folders `NAME.vzkit` with configuration and disk. Relative paths are those of this process. */
export class Bundles {
  readonly #connection: Connection;
  readonly #machines: Machines;

  /** @internal */
  constructor(connection: Connection, machines: Machines) {
    this.#connection = connection;
    this.#machines = machines;
  }

  /**
   * Makes a bundle. It appears only when it is whole; what an interrupted creation left is replaced. `diskSize`, a multiple
   * of 512, makes a sparse `disk.img`, which becomes the first disk; `diskFormat` is `raw` or, on macOS 26, `asif`. A
   * virtual Mac is made by {@link Machines.createMac}.
   *
   * @throws {@link RequestError} `fileExists`, `invalidConfiguration`, `outOfDiskSpace`, `notSupported`, `fileNotFound`,
   * `permissionDenied`, `inUse`, or `invalidParams` for a path whose last part is not a bundle's name.
   *
   * @example
   * ```ts
   * const configuration = linuxConfiguration({ kernel: "vmlinuz" });
   * const bundle = await helper.bundles.create("dev.vzkit", { configuration, diskSize: gib(16) });
   * ```
   */
  async create(path: string, { signal, timeout, ...params }: CreateBundleOptions): Promise<Bundle> {
    const made = await this.#connection.request("bundle.create", { ...params, path }, { signal, timeout });
    return new Bundle(this.#connection, this.#machines, made.path, made.configuration);
  }

  /** Returns the bundle of a path. It need not exist: then its methods reject. */
  get(path: string): Bundle {
    return new Bundle(this.#connection, this.#machines, this.#connection.resolvePath(path));
  }

  /**
   * Lists the bundles in a folder by name, those included that an interrupted creation or deletion left incomplete.
   *
   * @throws {@link RequestError} `fileNotFound` or `permissionDenied`.
   */
  async list(folder: string, options: CallOptions = {}): Promise<BundleSummary[]> {
    return (await this.#connection.request("bundle.list", { folder }, options)).bundles;
  }

  /**
   * Copies a virtual Mac of Tart (`~/.tart/vms/NAME`) or Lume (`~/.lume/NAME`) into a bundle, as {@link Bundle.clone}
   * copies one. The original is not changed and must not be in use. The guest stays the same machine, with its Apple
   * account and its address, and must then not run in both places at once; `newIdentity` makes it another one. `notes` of
   * the bundle says what is not as it was: a saved state is left out, and the network is always NAT.
   *
   * @throws {@link RequestError} `invalidConfiguration` for a folder whose files make no sense, `notSupported` for Linux
   * guests (they need an EFI boot loader), disks in layers and formats of other versions, `fileNotFound`, `fileExists`,
   * `inUse`, `bundleIncomplete`, `permissionDenied` or `outOfDiskSpace`.
   *
   * @example
   * ```ts
   * const { notes } = await helper.bundles.import("~/.tart/vms/sequoia", "sequoia.vzkit");
   * ```
   */
  async import(
    from: string,
    to: string,
    { newIdentity, synchronize, ...options }: ImportOptions = {},
  ): Promise<ImportedBundle> {
    const params = { from, to, newIdentity, synchronize };
    const made = await this.#connection.request("bundle.import", params, options);
    return new ImportedBundle(this.#connection, this.#machines, made);
  }
}
