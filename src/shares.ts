/**
 * The tag of the shared folders that a macOS guest mounts by itself, under /Volumes/My Shared Files. Wraps
 * `VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag` (macOS 13.0).
 */
export const macOSGuestAutomountTag = "com.apple.virtio-fs.automount";
