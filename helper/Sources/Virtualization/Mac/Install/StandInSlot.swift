import HostSystem

/// One of the two virtual Macs that may run on a host at a time, as macOS allows. Held by a lock that ends with this
/// object or this process.
final class StandInSlot {
  static let count = 2

  private let file: LockFile

  /// - Throws: `VZError.virtualMachineLimitExceeded`.
  init() throws {
    let folder = try KeptFiles.makeFolder("standin-slots")
    for number in 0..<Self.count where StandInFailure.wanted != .limit {
      if case .mine(let file) = try LockFile.take("\(folder)/\(number)") {
        self.file = file
        return
      }
    }
    throw VZError(
      .virtualMachineLimitExceeded, reason: "\(Self.count) virtual Macs run on this host already.",
      suggestion: "Stop one of them first.")
  }
}
