import { absolutePath } from "./paths.js";
import type { DirectoryShare, SharedDirectory } from "./protocol/types.generated.js";

/**
 * The tag of the shared folders that a macOS guest mounts by itself, under /Volumes/My Shared Files. Wraps
 * `VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag` (macOS 13.0).
 */
export const macOSGuestAutomountTag = "com.apple.virtio-fs.automount";

/** A folder of the host by its path, or in detail. */
export type SharedFolder = string | { path: string; isReadOnly?: boolean | undefined };

/** One folder, or a share as the protocol has it, which can hold several. */
export type Share = SharedFolder | DirectoryShare;

/** A share as the protocol wants it, with absolute paths. */
export function directoryShare(share: Share): DirectoryShare {
  if (typeof share === "string") return { kind: "single", directory: sharedDirectory({ path: share }) };
  if (!("kind" in share)) return { kind: "single", directory: sharedDirectory(share) };
  if (share.kind === "single") return { ...share, directory: sharedDirectory(share.directory) };
  const directories = Object.entries(share.directories).map(([name, directory]) => [name, sharedDirectory(directory)]);
  return { ...share, directories: Object.fromEntries(directories) };
}

/** Several folders by the names that the guest sees. */
export function sharedFolders(folders: Readonly<Record<string, SharedFolder>>): DirectoryShare {
  const detailed = (folder: SharedFolder) => sharedDirectory(typeof folder === "string" ? { path: folder } : folder);
  const directories = Object.entries(folders).map(([name, folder]) => [name, detailed(folder)]);
  return { kind: "multiple", directories: Object.fromEntries(directories) };
}

function sharedDirectory({ path, isReadOnly }: { path: string; isReadOnly?: boolean | undefined }): SharedDirectory {
  return { path: absolutePath(path), ...(isReadOnly !== undefined && { isReadOnly }) };
}
