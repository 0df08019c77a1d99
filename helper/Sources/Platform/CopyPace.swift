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

  /// What to copy next.
  package struct Step {
    package let method: CopyMethod
    /// At most so many.
    package let bytes: Int
    /// Whether it is to find out what the method costs now, though another is thought better.
    let isTrial: Bool
  }

  /// The method to use next, and for how many bytes at most.
  package var next: Step {
    if let unknown = methods.first(where: { costs[$0] == nil }) {
      return Step(method: unknown, bytes: Self.trial, isTrial: false)
    }
    guard copiedSinceTrial >= patience, let other = methods.first(where: { $0 != best }) else {
      return Step(method: best, bytes: Self.slice, isTrial: false)
    }
    return Step(method: other, bytes: Self.trial, isTrial: true)
  }

  private var best: CopyMethod { methods.min { costs[$0, default: 0] < costs[$1, default: 0] } ?? .buffer }

  /// Learns what a step of `next` has cost.
  ///
  /// - Parameters:
  ///   - bytes: how many were copied.
  ///   - seconds: processor time of the thread that copied them.
  package mutating func took(_ step: Step, bytes: Int, seconds: Double) {
    // What has been left out meanwhile is not to come back.
    guard bytes > 0, methods.contains(step.method) else { return }
    let cost = seconds / Double(bytes)
    // A trial says how things are now; a single slice may have been disturbed.
    costs[step.method] = step.isTrial ? cost : costs[step.method].map { ($0 + cost) / 2 } ?? cost
    guard step.isTrial else {
      copiedSinceTrial += bytes
      return
    }
    copiedSinceTrial = 0
    patience = best == step.method ? Self.firstPatience : patience * 2
  }

  /// Leaves out a method that this file system does not have.
  ///
  /// - Returns: the pace of the others; nil when there is none.
  package func without(_ method: CopyMethod) -> CopyPace? {
    let rest = methods.filter { $0 != method }
    return rest.isEmpty ? nil : CopyPace(rest)
  }
}
