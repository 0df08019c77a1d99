import CVirtualization
import Foundation
import HostSystem

/// Opens a disk image for one machine and keeps every other one away from it.
enum DiskFile {
  /// The descriptor holds the lock, and so does QEMU's copy of it: the lock ends when both are closed, however the
  /// processes end. Shared between machines that only read. Blocks for a moment while a process has it that is about to
  /// end, such as the QEMU of a helper that was killed.
  static func open(_ path: String, readOnly: Bool, direct: Bool) throws -> Int32 {
    // QEMU adds O_DIRECT itself; asking here first finds out whether the file system can.
    let flags = (readOnly ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NONBLOCK | (direct ? vz_direct_flag() : 0)
    let descriptor = Foundation.open(path, flags)
    guard descriptor >= 0 else { throw problem(path, "cannot be opened", errno) }
    let deadline = DispatchTime.now() + patience
    while true {
      switch FileLock.attempt(descriptor, isShared: readOnly) {
      case .held: return descriptor
      case .failed(let number):
        close(descriptor)
        throw problem(path, "cannot be locked", number)
      case .taken:
        let holder = FileLockHolder.of(descriptor)
        // Without a holder it was let go of in this moment, or is held where this process cannot see.
        guard holder?.isEnding ?? true, DispatchTime.now() < deadline else {
          close(descriptor)
          throw inUse(path, by: holder)
        }
        Thread.sleep(forTimeInterval: pause)
      }
    }
  }

  /// Seconds that a process which was killed may take to let go of a file, and those between two attempts.
  private static let patience = 2.0
  private static let pause = 0.02

  private static func inUse(_ path: String, by holder: FileLockHolder?) -> VZError {
    VZError(
      .internalError, reason: "The disk image \(path) is in use by \(holder?.description ?? "another process").",
      suggestion: "Stop the other machine first, or attach the image read-only to both.",
      underlying: NSError(errno: EBUSY))
  }

  private static func problem(_ path: String, _ what: String, _ code: Int32) -> VZError {
    VZError(
      .invalidDiskImage, reason: "The disk image \(path) \(what): \(SystemError.words(for: code)).",
      underlying: NSError(errno: code))
  }
}
