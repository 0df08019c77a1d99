import Foundation

/// What the system lets this process use.
package enum ProcessLimits {
  /// Allows as many open descriptors as the system grants: each connection of a guest takes two, and shells commonly
  /// start programs with room for a few hundred. A limit that is higher already, or that the system will not raise, stays.
  ///
  /// - Parameter most: how many are wanted.
  package static func raiseDescriptorLimit(to most: rlim_t = Self.most) {
    var limit = rlimit()
    guard getrlimit(descriptors, &limit) == 0 else { return }
    guard limit.rlim_cur < min(limit.rlim_max, most) else { return }
    limit.rlim_cur = min(limit.rlim_max, most)
    _ = setrlimit(descriptors, &limit)
  }

  #if os(Linux)
    private static let descriptors = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    /// Enough for thousands of connections, and no table of descriptors that weighs.
    package static let most: rlim_t = 1 << 16
  #else
    private static let descriptors = RLIMIT_NOFILE
    /// The system takes no more than this, whatever the hard limit says.
    package static let most = rlim_t(OPEN_MAX)
  #endif
}
