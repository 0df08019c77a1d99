import Foundation
import Virtualization

/// What becomes of other processes.
package enum ProcessLife {
  #if os(Linux)
    /// Whether a process is gone, or will be in a moment.
    package static func isEnding(_ processIdentifier: pid_t) -> Bool { HostProcess.isEnding(processIdentifier) }
  #else
    /// Whether a process is gone.
    package static func isEnding(_ processIdentifier: pid_t) -> Bool {
      kill(processIdentifier, 0) != 0 && errno == ESRCH
    }
  #endif
}
