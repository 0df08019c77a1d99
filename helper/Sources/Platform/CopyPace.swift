/// How the bytes of a file get into another one where blocks cannot be shared.
package enum CopyMethod: CaseIterable, Sendable {
  /// Reading into a buffer and writing from it.
  case buffer
  /// Linux's `copy_file_range`, which leaves out the buffer but moves only a few pages at a time.
  case kernel
}

/// Chooses between the methods of copying by what each has cost, since none is the best everywhere.
///
/// Large writes take large blocks of memory for the page cache. While these are at hand, writing from a buffer is the
/// quicker method. On a virtual machine that gives free memory back to its host, large blocks are what it has given back,
/// and getting one again costs several times the copying.
package struct CopyPace {
  /// Bytes copied in one go by the method that is thought the best.
  package static let slice = 4 << 20
  /// Bytes copied in one go to learn what a method costs now.
  package static let trial = 1 << 20
  /// Bytes after which the other method is tried again, at first; each time it was not better they double.
  private static let firstPatience = 64 << 20

  private let methods: [CopyMethod]
  /// Processor time of each method, in seconds a byte.
  private var costs: [CopyMethod: Double] = [:]
  private var patience = firstPatience
  private var copiedSinceTrial = 0

  /// - Parameter methods: at least one.
  package init(_ methods: [CopyMethod] = CopyMethod.allCases) { self.methods = methods }

  /// The method to use next, and for how many bytes at most.
  package var next: (method: CopyMethod, bytes: Int) {
    if let unknown = methods.first(where: { costs[$0] == nil }) { return (unknown, Self.trial) }
    let best = methods.min { costs[$0, default: 0] < costs[$1, default: 0] } ?? .buffer
    guard copiedSinceTrial >= patience, let other = methods.first(where: { $0 != best }) else {
      return (best, Self.slice)
    }
    return (other, Self.trial)
  }

  /// Learns what `next` has cost.
  ///
  /// - Parameters:
  ///   - bytes: how many were copied.
  ///   - seconds: processor time of the thread that copied them.
  package mutating func took(_ method: CopyMethod, bytes: Int, seconds: Double) {
    guard bytes > 0, methods.contains(method) else { return }
    let isTrial = costs.count == methods.count && next.method == method && copiedSinceTrial >= patience
    let cost = seconds / Double(bytes)
    // A trial says how things are now; a single slice may have been disturbed.
    costs[method] = isTrial ? cost : costs[method].map { ($0 + cost) / 2 } ?? cost
    guard isTrial else {
      copiedSinceTrial += bytes
      return
    }
    copiedSinceTrial = 0
    patience = next.method == method ? Self.firstPatience : patience * 2
  }

  /// Leaves out a method that this file system does not have.
  ///
  /// - Returns: the pace of the others; nil when there is none.
  package func without(_ method: CopyMethod) -> CopyPace? {
    let rest = methods.filter { $0 != method }
    return rest.isEmpty ? nil : CopyPace(rest)
  }
}
