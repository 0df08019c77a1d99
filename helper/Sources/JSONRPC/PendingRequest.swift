/// One request that awaits its answer. It takes exactly one, from any thread.
///
/// A second answer is a programming error: it stops a debug build, and is logged and ignored otherwise. A request that is
/// let go of without an answer is answered with an internal error, so that the caller never waits in vain.
public final class PendingRequest: Sendable {
  public let method: String
  /// The id as the caller wrote it: JSON text, such as `7`, `"a"`, `1.50` or `null`.
  public let idText: String
  public let connection: Connection

  /// Distinguishes requests with equal ids.
  let serial: UInt64
  /// The length of the parameters in bytes.
  let weight: Int
  /// The JSON text of the params' `progressToken`.
  let progressToken: String?
  let batch: BatchAnswer?

  struct Condition {
    var isAnswered = false
    var isCancelled = false
    /// Counted as in flight.
    var isTracked = false
    var onCancel: [@Sendable () -> Void] = []
  }

  /// Only touched with the lock of `connection.state` held.
  nonisolated(unsafe) var condition = Condition()

  init(
    method: String, idText: String, connection: Connection, serial: UInt64, weight: Int, progressToken: String?,
    batch: BatchAnswer?
  ) {
    self.method = method
    self.idText = idText
    self.connection = connection
    self.serial = serial
    self.weight = weight
    self.progressToken = progressToken
    self.batch = batch
  }

  deinit {
    // Nobody else can hold a reference here, so no lock is needed to look.
    if !condition.isAnswered { connection.answerDropped(self) }
  }

  /// Answers with a result.
  public func succeed(_ result: RawJSON) { connection.answer(self, .result(id: idText, result)) }

  /// Answers with an error.
  public func fail(_ error: RPCError) { connection.answer(self, .error(id: idText, error)) }

  /// Whether the caller has withdrawn the request, or is gone. It still wants its answer, usually
  /// `RPCError.requestCancelled`.
  public var isCancelled: Bool { connection.state.with { _ in condition.isCancelled } }

  /// Runs `body` when the request is cancelled: at once if it is already, on this thread; else on the reader thread.
  /// Never once the request is answered; an answer given on another thread at the same moment may cross it.
  /// `body` is kept until the answer: one that holds this request keeps it from being noticed when it is dropped.
  public func onCancel(_ body: @escaping @Sendable () -> Void) {
    let runNow = connection.state.with { _ in
      guard !condition.isAnswered else { return false }
      if !condition.isCancelled { condition.onCancel.append(body) }
      return condition.isCancelled
    }
    if runNow { body() }
  }

  /// Sends `$/progress` with `value`, if the caller asked for it by a `progressToken` in the params, and the request is
  /// not answered yet.
  public func reportProgress(_ value: RawJSON) {
    guard let progressToken else { return }
    connection.notify(.progress(token: progressToken, value: value), about: self)
  }

  func cancel() {
    let bodies = connection.state.with { _ in
      guard !condition.isAnswered, !condition.isCancelled else { return [@Sendable () -> Void]() }
      condition.isCancelled = true
      defer { condition.onCancel = [] }
      return condition.onCancel
    }
    for body in bodies { body() }
  }
}
