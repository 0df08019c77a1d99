import type { Connection } from "../connection/connection.js";
import type { RequestOptions } from "../connection/requests.js";
import type { DiskCreateParams, DiskCreateResult } from "../protocol/types.generated.js";

/** How a disk image is made. */
export type CreateDiskOptions = Omit<DiskCreateParams, "path"> & RequestOptions<"disk.create">;

/** Disk images on the helper's host. */
export class Disks {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Makes a disk image of zeros, `size` bytes long, a multiple of 512. It appears under its path only when it is whole;
   * after an error or `AbortError` nothing is left behind. `format` is `raw` or, on macOS 26, `asif`: Apple's sparse image
   * format, which stays small on every file system and in every copy. Progress counts bytes.
   *
   * @param path - A relative path is one of this process.
   * @throws {@link RequestError} `fileExists`, `fileNotFound`, `permissionDenied`, `outOfDiskSpace`, `inUse`,
   * `inputOutput` or `notSupported`.
   *
   * @example
   * ```ts
   * await helper.disks.create("data.img", { size: gib(32) });
   * ```
   */
  async create(path: string, { signal, timeout, onProgress, ...params }: CreateDiskOptions): Promise<DiskCreateResult> {
    return this.#connection.request("disk.create", { ...params, path }, { signal, timeout, onProgress });
  }
}
