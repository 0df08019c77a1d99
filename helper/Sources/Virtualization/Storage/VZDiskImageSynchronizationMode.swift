/// What a disk image's flush by the guest means on the host. (macOS 12)
public enum VZDiskImageSynchronizationMode: Int, Sendable {
  /// The data reaches permanent storage.
  case full = 1
  /// The data reaches the drive. On Linux hosts there is no difference to `full`.
  case fsync = 2
  /// Flushes do nothing: fast, and a crash of the host can lose data.
  case none = 3
}
