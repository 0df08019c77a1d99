import Foundation
import Platform

/// Why a connection could not be carried on to a guest.
struct UnreachableGuest: Equatable {
  /// From this macOS on, a program needs the user's leave to reach the networks that the host belongs to, guests' included.
  static let firstGuardedMacOS = 15
  static let remedy =
    "Allow the program that started the helper under System Settings > Privacy & Security > Local Network, "
    + "or start it from Apple's Terminal, which needs no leave."

  let address: String
  let port: UInt16
  /// The `errno` of the connection.
  let number: Int32

  /// - Parameter macOSVersion: the host's; nil where it is no Mac.
  func text(on macOSVersion: (major: Int, minor: Int)?) -> String {
    let text = "port \(port) of the guest at \(address) cannot be reached: \(String(cString: strerror(number)))"
    // This is how macOS refuses; that it does is told nowhere.
    guard number == EHOSTUNREACH, let macOSVersion, macOSVersion.major >= Self.firstGuardedMacOS else { return text }
    return "\(text). If the guest runs, macOS keeps this program from its network. \(Self.remedy)"
  }
}
