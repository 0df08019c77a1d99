import CVirtualization
import Foundation
import HostSystem

/// A copy of a descriptor that somebody else owns, on which reading and writing does not wait.
final class ConsoleDescriptor {
  let number: Int32
  private let isSocket: Bool

  init(copying original: Int32, flags: Int32) throws {
    var status = stat()
    guard fstat(original, &status) == 0 else { throw SystemError(errno, "use the console's descriptor") }
    let kind = status.st_mode & S_IFMT
    isSocket = kind == S_IFSOCK
    var copy: Int32 = -1
    if kind == S_IFIFO || kind == S_IFCHR {
      // Opened anew, so that not to wait is a setting of this copy alone: the owner's own reads stay as they are.
      copy = open("/proc/self/fd/\(original)", flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    }
    number = copy >= 0 ? copy : try Descriptors.duplicate(original)
  }

  deinit {
    close(number)
  }

  /// Like `write`, without waiting.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard isSocket else { return Foundation.write(number, bytes.baseAddress, bytes.count) }
    return vz_send(number, bytes.baseAddress, bytes.count, -1)
  }
}
