/// What a flush by the guest means for a disk that is not an image file. (macOS 14)
public enum VZDiskSynchronizationMode: Int, Sendable {
  /// Flushes and barriers are passed on.
  case full = 0
  /// Flushes and barriers are dropped: fast, and a crash can lose data.
  case none = 1
}
