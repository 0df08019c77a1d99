import type { CallOptions, RequestOptions } from "../connection/requests.js";
import type {
  RestoreImageDownloadParams,
  RestoreImageDownloadResult,
  RestoreImageInfo,
  RestoreImagePreflightParams,
  RestoreImagePreflightWarning,
  RestoreImageRequirements,
} from "../protocol/types.generated.js";
import type { RestoreImages } from "./restoreImages.js";

/** How a restore image is downloaded, with the options of every call. */
export type DownloadOptions = Omit<RestoreImageDownloadParams, "url"> & RequestOptions<"restoreImage.download">;

/** How a restore image is to be installed. `folder` is for the bundle, `downloadFolder` for the image; sizes are in bytes. */
export type InstallationPlan = Pick<
  RestoreImagePreflightParams,
  "cpuCount" | "memorySize" | "diskSize" | "folder" | "downloadFolder"
>;

/**
 * A restore image of macOS, local or to be downloaded, with what it says about itself.
 *
 * @example
 * ```ts
 * const image = await helper.restoreImages.latestSupported();
 * await image.preflight({ diskSize: gib(64), folder: "." });
 * const { path } = await image.download();
 * ```
 */
export class RestoreImage {
  /** The file, an absolute path, when it is a local one. */
  readonly path: string | undefined;
  /** Where to download it from, when it is not local. Wraps `VZMacOSRestoreImage.url`. */
  readonly url: string | undefined;
  /** The version of macOS, such as 15.6.1. Wraps `VZMacOSRestoreImage.operatingSystemVersion`. */
  readonly version: string;
  /** The build, such as 24G90. Wraps `VZMacOSRestoreImage.buildVersion`. */
  readonly build: string;
  /** Size of a local file in bytes. */
  readonly size: number | undefined;
  /** Whether this host can run what it installs. Wraps `VZMacOSRestoreImage.isSupported`. */
  readonly isSupported: boolean;
  /** Why it cannot, and what to do about it. */
  readonly unsupportedReason: string | undefined;
  /** What a machine needs; undefined when it is not supported. Wraps `VZMacOSRestoreImage.mostFeaturefulSupportedConfiguration`. */
  readonly requirements: RestoreImageRequirements | undefined;
  /** A sentence to show to people when what it installs here is the stand-in for tests and not macOS. */
  readonly standInNotice: string | undefined;
  readonly #images: RestoreImages;

  /** @internal */
  constructor(images: RestoreImages, info: RestoreImageInfo) {
    this.#images = images;
    this.path = info.path;
    this.url = info.url;
    this.version = info.version;
    this.build = info.build;
    this.size = info.size;
    this.isSupported = info.isSupported;
    this.unsupportedReason = info.unsupportedReason;
    this.requirements = info.requirements;
    this.standInNotice = info.standInNotice;
  }

  /**
   * Resolves when nothing speaks against installing it as far as the plan says how, before anything is downloaded: its
   * server is asked for the size. Relative paths are those of this process. Resolves with what may go wrong all the same.
   *
   * @throws {@link RequestError} as {@link RestoreImages.preflight} does.
   */
  preflight({
    signal,
    timeout,
    ...plan
  }: InstallationPlan & CallOptions = {}): Promise<RestoreImagePreflightWarning[]> {
    const { version, requirements } = this;
    return this.#images.preflight({ ...plan, version, requirements, url: this.#place, signal, timeout });
  }

  /**
   * Downloads it as {@link RestoreImages.download} does, unless this host cannot install it: that is refused before the
   * first byte. A local file needs no download.
   *
   * @throws {@link RequestError} `installationRequiresUpdate` or `notSupported` too.
   */
  async download(options: DownloadOptions = {}): Promise<RestoreImageDownloadResult> {
    await this.preflight({ signal: options.signal });
    return this.#images.download(this.#place, options);
  }

  get #place(): string {
    return this.url ?? this.path ?? "";
  }
}
