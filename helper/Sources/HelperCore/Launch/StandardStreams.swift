import Foundation
import HostSystem
import Platform

/// The descriptors that the process was started with.
enum StandardStreams {
  /// Keeps the real standard output for the protocol and points descriptor 1 at standard error, so that no careless
  /// `print` of this program or of a library gets between the messages.
  ///
  /// - Returns: the real standard output under another number.
  static func takeOutput() throws -> Int32 {
    fillGaps()
    let output = try Descriptors.duplicate(STDOUT_FILENO)
    guard dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { throw SystemError(errno, "redirect standard output") }
    return output
  }

  /// Keeps the real standard input under another number and points descriptor 0 at nothing, so that programs started
  /// later cannot read messages.
  static func takeInput() throws -> Int32 {
    let input = try Descriptors.duplicate(STDIN_FILENO)
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    if null >= 0 {
      dup2(null, STDIN_FILENO)
      close(null)
    }
    return input
  }

  /// A process can be started with closed standard streams; their numbers must not go to files opened later.
  private static func fillGaps() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}
