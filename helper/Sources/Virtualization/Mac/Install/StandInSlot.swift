import CVirtualization
import Foundation

/// One of the two virtual Macs that may run on a host at a time, as macOS allows. Held by a lock that ends with this
/// object or this process.
final class StandInSlot {
  static let count = 2

  private let descriptor: Int32

  /// - Throws: `VZError.virtualMachineLimitExceeded`.
  init() throws {
    let folder = try CacheFolder.make("standin-slots")
    for number in 0..<Self.count where StandInFailure.wanted != .limit {
      let file = open("\(folder)/\(number)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw SystemError(errno) }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        descriptor = file
        return
      }
      close(file)
    }
    throw VZError(
      .virtualMachineLimitExceeded, reason: "\(Self.count) virtual Macs run on this host already.",
      suggestion: "Stop one of them first.")
  }

  deinit { close(descriptor) }
}
