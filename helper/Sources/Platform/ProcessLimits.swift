import Foundation

/// What the system lets this process use.
package enum ProcessLimits {
  /// Allows as many open descriptors as the system grants: each connection of a guest takes two, and shells commonly
  /// start programs with room for a few hundred. Where it is refused, the limit stays as it was.
  package static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(descriptors, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, most)
    _ = setrlimit(descriptors, &limit)
  }

  #if os(Linux)
    private static let descriptors = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    /// Enough for thousands of connections, and no table of descriptors that weighs.
    private static let most: rlim_t = 1 << 16
  #else
    private static let descriptors = RLIMIT_NOFILE
    /// The system takes no more than this, whatever the hard limit says.
    private static let most = rlim_t(OPEN_MAX)
  #endif
}
