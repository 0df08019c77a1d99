/// Whether the host's memory caches a disk image. (macOS 12)
public enum VZDiskImageCachingMode: Int, Sendable {
  /// The framework chooses; on Linux hosts the same as `cached`.
  case automatic = 0
  /// The host's cache is passed by.
  case uncached = 1
  /// The host's cache is used.
  case cached = 2
}
