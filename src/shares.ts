import { absolutePath } from "./paths.js";
import type { DirectoryShare, SharedDirectory } from "./protocol/types.generated.js";

/**
 * The tag of the shared folders that a macOS guest mounts by itself, under /Volumes/My Shared Files. Wraps
 * `VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag` (macOS 13.0).
 */
export const macOSGuestAutomountTag = "com.apple.virtio-fs.automount";

/** One folder by its path, or in detail; or a share as the protocol has it, which can hold several. */
export type Share = string | { path: string; isReadOnly?: boolean | undefined } | DirectoryShare;

/** A share as the protocol wants it, with absolute paths. */
export function directoryShare(share: Share): DirectoryShare {
  if (typeof share === "string") return { kind: "single", directory: sharedDirectory({ path: share }) };
  if (!("kind" in share)) return { kind: "single", directory: sharedDirectory(share) };
  if (share.kind === "single") return { ...share, directory: sharedDirectory(share.directory) };
  const directories = Object.entries(share.directories).map(([name, directory]) => [name, sharedDirectory(directory)]);
  return { ...share, directories: Object.fromEntries(directories) };
}

function sharedDirectory({ path, isReadOnly }: { path: string; isReadOnly?: boolean | undefined }): SharedDirectory {
  return { path: absolutePath(path), ...(isReadOnly !== undefined && { isReadOnly }) };
}
