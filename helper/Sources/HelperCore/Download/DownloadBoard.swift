import CDownload
import Foundation
import HelperProtocol

/// What the connections of one attempt at a download share: which bytes are there, who fetches which, and how it ends.
final class DownloadBoard: @unchecked Sendable {  // all fields are only touched with `condition` locked
  /// How an attempt ends, for all connections at once.
  enum End {
    case whole
    /// The bytes that are there are worth nothing.
    case startAnew(reason: String, asStream: Bool, isFailure: Bool)
    /// What came from the server's first byte on is no archive, but this.
    case foreign(String?)
    case failed(WireError)
    case cancelled
  }

  /// Bytes that one connection is fetching.
  struct Claim {
    let start: Int64
    /// The byte after the last, nil for all there are.
    let end: Int64?
    var count: Int64 = 0

    var done: Range<Int64> { start..<(start + count) }
  }

  /// The state that is looked at from outside.
  struct State {
    var total: Int64?
    var validator = Validator()
    var completed = ByteRanges()
    /// The server sends the whole file or nothing.
    var isStream = false
    var sha256: String?
    var lastModifiedTime: Int64?
    /// Bytes received in this attempt.
    var received: Int64 = 0
    /// The last thing that went wrong.
    var note: String?
    var end: End?
  }

  /// The smallest part worth a request, and the largest: of parts in order the start of the file is there soon, which
  /// can be checked while the rest arrives.
  private static let partSizes: ClosedRange<Int64> = (2 << 20)...(64 << 20)
  private static let firstPart: Int64 = 8 << 20
  /// The checker is woken for so many bytes.
  private static let hashStep: Int64 = 2 << 20

  /// For several connections; nil for one, or without memory.
  let turns: OpaquePointer?

  private let condition = NSCondition()
  private let connections: Int
  private var state: State
  private var claims: [Int: Claim] = [:]
  /// Connections that have not given up.
  private var active: Set<Int>
  private var running: [Int: OpaquePointer] = [:]
  private let hashWake = DispatchSemaphore(value: 0)
  private var hashWants: Int64?

  init(_ state: State, connections: Int) {
    self.state = state
    self.connections = state.isStream ? 1 : connections
    active = Set(0..<self.connections)
    turns = self.connections > 1 ? cd_turns_make() : nil
  }

  deinit { if let turns { cd_turns_free(turns) } }

  var workers: Range<Int> { 0..<connections }

  // MARK: - Looking

  /// What is there, with what the connections are fetching.
  var snapshot: State {
    condition.withLock {
      var copy = state
      for claim in claims.values { copy.completed.insert(claim.done) }
      return copy
    }
  }

  var isOver: Bool { condition.withLock { state.end != nil } }

  /// What an answer to a question for `claim` has to fit.
  func known(for worker: Int) -> RangeAnswer.Known {
    condition.withLock {
      let others = claims.contains { $0.key != worker || $0.value.count > 0 }
      return RangeAnswer.Known(
        total: state.total, validator: state.validator,
        hasBytes: !state.isStream && (others || state.completed.count > 0))
    }
  }

  // MARK: - Work

  /// The next bytes for a connection to fetch. Waits while others fetch all there is to fetch.
  ///
  /// - Returns: nil when there is nothing left to do for it.
  func claim(_ worker: Int) -> Claim? {
    condition.lock()
    defer { condition.unlock() }
    while state.end == nil {
      if let claim = nextClaim(worker) {
        claims[worker] = claim
        return claim
      }
      if isWhole {
        finish(.whole)
      } else {
        condition.wait()
      }
    }
    return nil
  }

  private var isWhole: Bool {
    guard claims.isEmpty, let total = state.total else { return false }
    return state.completed.gaps(in: total).isEmpty
  }

  private func nextClaim(_ worker: Int) -> Claim? {
    guard let total = state.total else {
      // The first answer tells how much there is.
      guard claims.isEmpty else { return nil }
      return Claim(start: 0, end: connections == 1 || state.isStream ? nil : Self.firstPart)
    }
    if state.isStream {
      return claims.isEmpty && total > 0 && state.completed.count == 0 ? Claim(start: 0, end: nil) : nil
    }
    var taken = state.completed
    for claim in claims.values { taken.insert(claim.start..<(claim.end ?? total)) }
    let gaps = taken.gaps(in: total)
    guard let gap = gaps.first else { return nil }
    guard connections > 1 else { return Claim(start: gap.lowerBound, end: gap.upperBound) }
    // Smaller towards the end, so that all connections end at about the same time.
    let left = gaps.reduce(Int64(0)) { $0 + Int64($1.count) }
    let size = min(max(left / Int64(connections * 4), Self.partSizes.lowerBound), Self.partSizes.upperBound)
    return Claim(start: gap.lowerBound, end: min(gap.lowerBound + size, gap.upperBound))
  }

  /// The first answer has told what the file is.
  func learn(_ worker: Int, total: Int64?, response: ServerResponse, isStream: Bool) {
    condition.withLock {
      if state.total == nil { state.total = total }
      if isStream {
        state.isStream = true
        state.total = total
        claims[worker] = Claim(start: 0, end: nil)
      }
      // An answer to If-Range may say less than the first one did.
      if state.validator.isEmpty || isStream { state.validator = response.validator }
      state.sha256 = state.sha256 ?? response.sha256
      state.lastModifiedTime = state.lastModifiedTime ?? response.lastModifiedTime
      condition.broadcast()
    }
  }

  /// So many bytes of the claim have arrived.
  func advance(_ worker: Int, _ count: Int64) {
    condition.withLock {
      guard var claim = claims[worker] else { return }
      state.received += count - claim.count
      claim.count = count
      claims[worker] = claim
      wakeHash()
    }
  }

  /// The connection is through with its claim, or with a part of it.
  func release(_ worker: Int) {
    condition.withLock {
      guard let claim = claims.removeValue(forKey: worker) else { return }
      state.completed.insert(claim.done)
      condition.broadcast()
      wakeHash()
    }
  }

  /// The body of a whole file without a known length has ended.
  func endOfStream(_ count: Int64) {
    condition.withLock {
      state.total = state.total ?? count
      condition.broadcast()
    }
  }

  func note(_ text: String?) { condition.withLock { state.note = text } }

  // MARK: - Ending

  /// A connection gives up.
  ///
  /// - Returns: whether others go on. Where none does, it is to say why.
  func retire(_ worker: Int) -> Bool {
    condition.withLock {
      guard active.count > 1 || !active.contains(worker) else { return false }
      active.remove(worker)
      condition.broadcast()
      return true
    }
  }

  /// Ends the attempt for all connections. The first end counts.
  func end(_ end: End) { condition.withLock { finish(end) } }

  private func finish(_ end: End) {
    guard state.end == nil else { return }
    state.end = end
    for connection in running.values { cd_connection_stop(connection) }
    condition.broadcast()
    hashWants = nil
    hashWake.signal()
  }

  /// Makes a connection known, so that the end reaches it while it waits for the network.
  func attach(_ worker: Int, _ connection: OpaquePointer) {
    condition.withLock {
      running[worker] = connection
      if state.end != nil { cd_connection_stop(connection) }
    }
  }

  /// To be called before the connection is freed.
  func detach(_ worker: Int) { condition.withLock { running[worker] = nil } }

  /// Waits, unless the attempt ends first.
  func pause(seconds: Double) {
    let deadline = Date(timeIntervalSinceNow: seconds)
    condition.withLock {
      while state.end == nil, condition.wait(until: deadline) {}
    }
  }

  // MARK: - Checking

  /// Waits until the file is there from its start to well beyond `offset`, or the attempt is over.
  ///
  /// - Returns: how far it is there.
  func waitForPrefix(beyond offset: Int64) -> (prefix: Int64, isOver: Bool) {
    while true {
      let found: (Int64, Bool)? = condition.withLock {
        let prefix = self.prefix
        if state.end != nil { return (prefix, true) }
        if prefix - offset >= Self.hashStep { return (prefix, false) }
        hashWants = offset + Self.hashStep
        return nil
      }
      if let found { return found }
      hashWake.wait()
    }
  }

  private func wakeHash() {
    guard let wanted = hashWants, prefix >= wanted else { return }
    hashWants = nil
    hashWake.signal()
  }

  private var prefix: Int64 {
    var end = state.completed.prefix
    // A connection that goes on where the finished bytes end; after it perhaps another.
    var isMoving = true
    while isMoving {
      isMoving = false
      for claim in claims.values where claim.start <= end && claim.done.upperBound > end {
        end = claim.done.upperBound
        isMoving = true
      }
      for range in state.completed.ranges where range.lowerBound <= end && range.upperBound > end {
        end = range.upperBound
        isMoving = true
      }
    }
    return end
  }
}
