import { isAbsolute } from "node:path";
import type { Connection } from "./connection/connection.js";
import type { CallOptions, RequestOptions } from "./connection/requests.js";
import { absolutePath } from "./paths.js";
import type {
  RestoreImage,
  RestoreImageCacheListResult,
  RestoreImageCachePruneParams,
  RestoreImageCachePruneResult,
  RestoreImageDownloadParams,
  RestoreImageDownloadResult,
  RestoreImagePreflightParams,
  RestoreImagePreflightWarning,
} from "./protocol/types.generated.js";

/** What to download and how, with the options of every call. */
export type DownloadOptions = Omit<RestoreImageDownloadParams, "url"> &
  RequestOptions<"restoreImage.download"> & {
    /** An http, https or file URL, or a path; a relative path is one of this process. */
    url: string | URL;
  };

/** How a restore image is to be installed. `folder` is for the bundle, `downloadFolder` for the image. */
export type InstallationPlan = Pick<
  RestoreImagePreflightParams,
  "cpuCount" | "memorySize" | "diskSize" | "folder" | "downloadFolder"
>;

/** A restore image that can be downloaded. */
export interface AvailableRestoreImage extends RestoreImage {
  /**
   * Resolves when nothing speaks against installing it as far as `plan` says how, before anything is downloaded: its
   * server is asked for the size. Sizes are in bytes; relative paths are those of this process. Rejects as
   * `restoreImages.preflight` does, and with what it warns about.
   */
  preflight(plan: InstallationPlan, options?: CallOptions): Promise<RestoreImagePreflightWarning[]>;
  /**
   * Downloads it, as `restoreImages.download` does, unless this host cannot install it: that is refused before the first
   * byte, with `installationRequiresUpdate` or `notSupported`.
   */
  download(options?: Omit<DownloadOptions, "url">): Promise<RestoreImageDownloadResult>;
}

/** Restore images of macOS on the helper's host. */
export class RestoreImages {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Reads what a local restore image says about itself; the archive is not unpacked. Wraps
   * `VZMacOSRestoreImage.load(from:completionHandler:)` (macOS 12.0). Rejects with `fileNotFound`, `permissionDenied`,
   * `restoreImageLoadFailed` or `invalidRestoreImage`.
   */
  async load(path: string, options: CallOptions = {}): Promise<RestoreImage> {
    return (await this.#connection.request("restoreImage.load", { path: absolutePath(path) }, options)).image;
  }

  /**
   * Finds the newest restore image that this host can run, in Apple's list or, on Linux hosts, in another of the same
   * format; `preflight` of the result says whether it could be installed, `download` gets it. Wraps
   * `VZMacOSRestoreImage.fetchLatestSupported(completionHandler:)` (macOS 12.0). Rejects with
   * `restoreImageCatalogLoadFailed`, `invalidRestoreImageCatalog` or `noSupportedRestoreImagesInCatalog`.
   */
  async latestSupported({
    catalogURL,
    ...options
  }: { catalogURL?: string | undefined } & CallOptions = {}): Promise<AvailableRestoreImage> {
    const params = catalogURL === undefined ? {} : { catalogURL };
    const { image } = await this.#connection.request("restoreImage.latestSupported", params, options);
    return {
      ...image,
      preflight: (plan, more) => this.preflight({ ...plan, ...known(image) }, more),
      download: (more = {}) => this.#downloadChecked(image, more),
    };
  }

  async #downloadChecked(
    image: RestoreImage,
    options: Omit<DownloadOptions, "url">,
  ): Promise<RestoreImageDownloadResult> {
    const { url, ...facts } = known(image);
    await this.preflight(facts, { signal: options.signal });
    return this.download({ ...options, url });
  }

  /**
   * Resolves when nothing speaks against an installation, as far as `params` says what it would be; sizes are in bytes.
   * Rejects with `installationRequiresUpdate`, `invalidConfiguration`, `outOfDiskSpace` or `notSupported`, with what to do.
   * Resolves with what may go wrong all the same, such as a restore image that is newer than the host by a minor version.
   */
  async preflight(
    { folder, downloadFolder, ...params }: RestoreImagePreflightParams,
    options: CallOptions = {},
  ): Promise<RestoreImagePreflightWarning[]> {
    const folders = {
      ...(folder !== undefined && { folder: absolutePath(folder) }),
      ...(downloadFolder !== undefined && { downloadFolder: absolutePath(downloadFolder) }),
    };
    return (await this.#connection.request("restoreImage.preflight", { ...params, ...folders }, options)).warnings;
  }

  /**
   * Downloads a restore image and resolves with its path. `to` is the file to make or an existing folder; by default it
   * goes to the cache. It has its name only when it is whole, checked and a zip archive, as every restore image is. After an error, `AbortError` or the death of
   * the helper the next call goes on with what has arrived, unless the file on the server has changed. Calls for the
   * same place share one download. Progress counts bytes and tells the speed and the seconds left.
   *
   * Rejects with `RequestError` of kind `networkError`, `timedOut`, `outOfDiskSpace`, `invalidRestoreImage` (the SHA-256
   * is another), `fileExists`, `fileNotFound`, `permissionDenied` or `notSupported` (libcurl is missing).
   */
  async download({
    url,
    to,
    signal,
    timeout,
    onProgress,
    ...more
  }: DownloadOptions): Promise<RestoreImageDownloadResult> {
    const params = {
      ...more,
      url: typeof url === "string" ? localPath(url) : url.href,
      ...(to !== undefined && { to: absolutePath(to) }),
    };
    return this.#connection.request("restoreImage.download", params, { signal, timeout, onProgress });
  }

  /** Lists the restore images in the cache, whole and partial, the last used first. */
  listCache(options: CallOptions = {}): Promise<RestoreImageCacheListResult> {
    return this.#connection.request("restoreImage.cacheList", undefined, options);
  }

  /**
   * Deletes restore images from the cache: those not used for `olderThan` seconds, then the least recently used until at
   * most `maximumSize` bytes are taken. What is in use stays.
   */
  pruneCache(params: RestoreImageCachePruneParams, options: CallOptions = {}): Promise<RestoreImageCachePruneResult> {
    return this.#connection.request("restoreImage.cachePrune", params, options);
  }
}

/** What an installation depends on, as far as an image says it. */
function known({ version, requirements, url, path }: RestoreImage) {
  return { version, url: url ?? path ?? "", ...(requirements && { requirements }) };
}

/** What is no URL is a path of this process. */
function localPath(text: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) || isAbsolute(text) ? text : absolutePath(text);
}
