import type { Connection } from "../connection/connection.js";
import type { CallOptions } from "../connection/requests.js";
import type {
  RestoreImageCacheListResult,
  RestoreImageCachePruneParams,
  RestoreImageCachePruneResult,
  RestoreImageDownloadResult,
  RestoreImagePreflightParams,
  RestoreImagePreflightWarning,
} from "../protocol/types.generated.js";
import { type DownloadOptions, RestoreImage } from "./restoreImage.js";

/** Restore images of macOS on the helper's host. */
export class RestoreImages {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Reads what a local restore image says about itself; the archive is not unpacked. Wraps
   * `VZMacOSRestoreImage.load(from:completionHandler:)` (macOS 12.0).
   *
   * @throws {@link RequestError} `fileNotFound`, `permissionDenied`, `restoreImageLoadFailed` or `invalidRestoreImage`.
   */
  async load(path: string, options: CallOptions = {}): Promise<RestoreImage> {
    return new RestoreImage(this, (await this.#connection.request("restoreImage.load", { path }, options)).image);
  }

  /**
   * Finds the newest restore image that this host can run, in Apple's list. Wraps
   * `VZMacOSRestoreImage.fetchLatestSupported(completionHandler:)` (macOS 12.0).
   *
   * @param options - `catalogURL`: another list of the same format, on Linux hosts.
   * @throws {@link RequestError} `restoreImageCatalogLoadFailed`, `invalidRestoreImageCatalog` or
   * `noSupportedRestoreImagesInCatalog`.
   */
  async latestSupported({
    catalogURL,
    ...options
  }: { catalogURL?: string | undefined } & CallOptions = {}): Promise<RestoreImage> {
    const { image } = await this.#connection.request("restoreImage.latestSupported", { catalogURL }, options);
    return new RestoreImage(this, image);
  }

  /**
   * Resolves when nothing speaks against an installation, as far as the options say what it would be; sizes are in bytes.
   * Resolves with what may go wrong all the same, such as with a restore image that is newer than the host by a minor
   * version.
   *
   * @throws {@link RequestError} `installationRequiresUpdate`, `invalidConfiguration`, `outOfDiskSpace` or `notSupported`,
   * with what to do.
   */
  async preflight({
    signal,
    timeout,
    ...params
  }: RestoreImagePreflightParams & CallOptions): Promise<RestoreImagePreflightWarning[]> {
    return (await this.#connection.request("restoreImage.preflight", params, { signal, timeout })).warnings;
  }

  /**
   * Downloads a restore image and resolves with its path. `to` is the file to make or an existing folder; by default it
   * goes to the cache. It has its name only when it is whole, checked and a zip archive, as every restore image is. After
   * an error, `AbortError` or the death of the helper the next call goes on with what has arrived, unless the file on the
   * server has changed. Calls for the same place share one download. Progress has bytes, speed and the seconds left.
   *
   * @param url - An http, https or file URL, or a path; a relative path is one of this process.
   * @throws {@link RequestError} `networkError`, `timedOut`, `outOfDiskSpace`, `invalidRestoreImage` (the SHA-256 is
   * another), `fileExists`, `fileNotFound`, `permissionDenied` or `notSupported` (libcurl is missing).
   *
   * @example
   * ```ts
   * const { path } = await helper.restoreImages.download(url, {
   *   to: "images",
   *   onProgress: ({ completed, total }) => console.log(completed, total),
   * });
   * ```
   */
  async download(
    url: string | URL,
    { signal, timeout, onProgress, ...params }: DownloadOptions = {},
  ): Promise<RestoreImageDownloadResult> {
    const place = typeof url === "object" ? url.href : this.#resolved(url);
    return this.#connection.request(
      "restoreImage.download",
      { ...params, url: place },
      { signal, timeout, onProgress },
    );
  }

  /** Lists the restore images in the cache, whole and partial, the last used first, and names the cache's folder. */
  listCache(options: CallOptions = {}): Promise<RestoreImageCacheListResult> {
    return this.#connection.request("restoreImage.cacheList", undefined, options);
  }

  /**
   * Deletes restore images from the cache: those not used for `olderThan` seconds, then the least recently used until at
   * most `maximumSize` bytes are taken. What is in use stays.
   */
  pruneCache({
    signal,
    timeout,
    ...params
  }: RestoreImageCachePruneParams & CallOptions): Promise<RestoreImageCachePruneResult> {
    return this.#connection.request("restoreImage.cachePrune", params, { signal, timeout });
  }

  /** What does not begin with a URL's scheme is a path; anything but a string is left to the check of the params. */
  #resolved(url: string): string {
    if (typeof url !== "string" || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
    return this.#connection.resolvePath(url);
  }
}
