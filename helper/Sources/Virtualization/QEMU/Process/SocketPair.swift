import CVirtualization
import Foundation

enum SocketPair {
  /// Two connected stream sockets, both owned by the caller.
  static func make() throws -> (Int32, Int32) {
    var pair: [Int32] = [-1, -1]
    guard vz_socketpair(&pair) == 0 else { throw SystemError(errno) }
    return (pair[0], pair[1])
  }
}
