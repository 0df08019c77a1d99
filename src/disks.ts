import type { Connection } from "./connection/connection.js";
import type { RequestOptions } from "./connection/requests.js";
import { absolutePath } from "./paths.js";
import type { DiskCreateParams, DiskCreateResult } from "./protocol/types.generated.js";

/** Disk images on the helper's host. */
export class Disks {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Makes a disk image of zeros, `size` bytes long, a multiple of 512. It appears under its path only when it is whole;
   * after an error or `AbortError` nothing is left behind. A relative path is one of this process. `format` is `raw` or,
   * on macOS 26, `asif`: Apple's sparse image format, which stays small on every file system and in every copy.
   *
   * Rejects with `RequestError` of kind `fileExists`, `fileNotFound`, `permissionDenied`, `outOfDiskSpace`, `inUse`,
   * `inputOutput` or `notSupported`. Progress counts bytes.
   */
  async create(params: DiskCreateParams, options: RequestOptions<"disk.create"> = {}): Promise<DiskCreateResult> {
    const path = typeof params.path === "string" ? absolutePath(params.path) : params.path;
    return this.#connection.request("disk.create", { ...params, path }, options);
  }
}
