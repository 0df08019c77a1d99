import type { DirectoryShare, SharedDirectory } from "../protocol/types.generated.js";

/**
 * The tag of the shared folders that a macOS guest mounts by itself, under /Volumes/My Shared Files. Wraps
 * `VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag` (macOS 13.0).
 */
export const macOSGuestAutomountTag = "com.apple.virtio-fs.automount";

/** A folder of the host by its path, or in detail. */
export type SharedFolder = string | SharedDirectory;

/** One folder, or a share as the protocol has it, which can hold several. */
export type Share = SharedFolder | DirectoryShare;

/** Returns a share as the protocol wants it. */
export function directoryShare(share: Share): DirectoryShare {
  if (typeof share === "object" && "kind" in share) return share;
  return { kind: "single", directory: sharedDirectory(share) };
}

/** Returns the share of several folders by the names that the guest sees. */
export function sharedFolders(folders: Readonly<Record<string, SharedFolder>>): DirectoryShare {
  const directories = Object.entries(folders).map(([name, folder]) => [name, sharedDirectory(folder)]);
  return { kind: "multiple", directories: Object.fromEntries(directories) };
}

const sharedDirectory = (folder: SharedFolder): SharedDirectory =>
  typeof folder === "string" ? { path: folder } : folder;
