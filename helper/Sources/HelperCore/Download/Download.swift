import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Gets one file over the network to its place. Calls for the same target, in this helper and others, share the work.
final class Download: @unchecked Sendable {  // `isStopped` is locked, the rest belongs to the thread of `run`
  /// How often the server may change its mind about the file.
  private static let mostRestarts = 5
  /// Seconds between two looks at a download that another does.
  private static let followInterval = 0.2

  private(set) var options: DownloadOptions
  private let report: (RestoreImageDownloadProgress) -> Void
  let question: ServerQuestion
  private let condition = NSCondition()
  private var isStopped = false
  private var received: Int64 = 0
  var restartReason: String?
  private var meter = SpeedMeter()

  /// - Parameter report: told how far it is, at most ten times a second.
  init(_ options: DownloadOptions, report: @escaping (RestoreImageDownloadProgress) -> Void) {
    self.options = options
    self.report = report
    question = ServerQuestion(options.url, stallTimeout: options.stallTimeout)
  }

  /// Makes `run` end soon with `requestCancelled`. From any thread.
  func cancel() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
    question.stop()
  }

  /// Blocks until the file is there.
  ///
  /// - Throws: `WireError` or `SystemError`. What has arrived is kept for the next call, unless it is wrong.
  func run() throws -> RestoreImageDownloadResult {
    if options.isInCache { options.target = RestoreImageCache().path(for: options.url) { question.ask() } }
    while true {
      guard !isCancelled else { throw WireError.requestCancelled }
      // Each time: while this call waited for its turn, the folder may have been pruned.
      if options.isInCache { try RestoreImageCache().use(options.url, at: options.target) }
      switch try DownloadLock.take(for: options.target) {
      case .mine(let lock):
        defer { lock.remove() }
        let result = try lead(lock)
        lock.tell(outcome(of: result))
        return result
      case .others(let lock):
        if let result = try follow(lock) { return result }
      }
    }
  }

  private var isCancelled: Bool { condition.withLock { isStopped } }

  private func wait(_ seconds: Double) {
    let deadline = Date(timeIntervalSinceNow: seconds)
    condition.withLock {
      while !isStopped, condition.wait(until: deadline) {}
    }
  }

  // MARK: - Following another

  /// - Returns: nil when the other has failed or died, so that it is the next one's turn.
  private func follow(_ lock: DownloadLock) throws -> RestoreImageDownloadResult? {
    while try !lock.otherHasEnded() {
      guard !isCancelled else { throw WireError.requestCancelled }
      if let status = lock.status {
        report(
          RestoreImageDownloadProgress(
            phase: .waiting, completed: status.completed, total: status.total,
            bytesPerSecond: status.bytesPerSecond, secondsLeft: status.secondsLeft))
      }
      wait(Self.followInterval)
    }
    guard let outcome = lock.status?.outcome, outcome.url == options.url.text,
      options.sha256 == nil || options.sha256 == outcome.sha256
    else { return nil }
    var status = stat()
    guard stat(options.target, &status) == 0, Int64(status.st_size) == outcome.size,
      FileIdentity(status) == FileIdentity(device: outcome.device, inode: outcome.inode)
    else { return nil }
    return RestoreImageDownloadResult(
      path: PathString(options.target), size: UInt64(outcome.size), sha256: outcome.sha256, origin: .shared,
      received: 0)
  }

  private func outcome(of result: RestoreImageDownloadResult) -> DownloadLock.Status {
    var status = stat()
    guard stat(options.target, &status) == 0 else { return DownloadLock.Status() }
    let file = FileIdentity(status)
    let outcome = DownloadLock.Outcome(
      url: options.url.text, size: Int64(status.st_size), sha256: result.sha256, device: file.device,
      inode: file.inode)
    return DownloadLock.Status(completed: result.size, total: result.size, outcome: outcome)
  }

  // MARK: - Doing it

  private func existingFile(_ question: ServerQuestion) throws -> RestoreImageDownloadResult? {
    let existing = ExistingFile(options, question, isCancelled: { [self] in isCancelled })
    return try existing.find { [report] in report(.verifying($0, of: $1)) }
  }

  private func lead(_ lock: DownloadLock) throws -> RestoreImageDownloadResult {
    if let found = try existingFile(question) {
      // Of a helper that died after the file had got its name.
      PartialFile.removeLeftovers(of: options.target)
      return found
    }
    let file = try PartialFile(target: options.target)
    do {
      let (state, digest) = try fetch(into: file, lock)
      return try finish(file, state, digest)
    } catch {
      // An empty file is of no use to a later run.
      if file.load() == nil { file.discard() }
      throw error
    }
  }

  /// Attempts it until the file is whole.
  private func fetch(into file: PartialFile, _ lock: DownloadLock) throws -> (DownloadBoard.State, String?) {
    var (state, restarts, failures) = (try initialState(file), 0, 0)
    while true {
      let attempt = DownloadAttempt(options, file, state: state, isCancelled: { [self] in isCancelled })
      let (last, digest) = try attempt.run { self.tell($0, checked: $1, lock) }
      received += last.received
      switch last.end {
      case .whole: return (last, digest)
      case .cancelled, nil:
        keep(last, in: file)
        throw WireError.requestCancelled
      case .failed(let error):
        keep(last, in: file)
        throw error
      case .foreign(let type):
        failures += 1
        guard failures <= options.firstRetries else { throw DownloadError.foreign(type, options.url, tries: failures) }
        try file.reset()
        state = DownloadBoard.State()
        state.note = DownloadError.description(of: type)
        wait(Self.pause(failures))
      case .startAnew(_, asStream: false, isFailure: false)
      where last.completed.count > 0 && !hasAnotherVersion(than: last):
        // Not another version of the file, but something else in its place.
        failures += 1
        keep(last, in: file)
        guard failures <= options.retries else { throw DownloadError.foreign(nil, options.url, tries: failures) }
        state = last.continued(url: options.url.text)
        wait(Self.pause(failures))
      case .startAnew(let reason, let asStream, let isFailure):
        if isFailure { failures += 1 } else { restarts += 1 }
        guard restarts <= Self.mostRestarts, failures <= options.retries else {
          throw DownloadError.network(reason, options.url, isTimeout: false, tries: restarts + failures)
        }
        if last.completed.count > 0 { restartReason = reason }
        try file.reset()
        state = DownloadBoard.State()
        state.isStream = asStream
        state.note = reason
        if isFailure { wait(Self.pause(failures)) }
      }
    }
  }

  /// Seconds, twice as long after each failure.
  private static func pause(_ failures: Int) -> Double { min(30, 0.25 * Double(1 << min(failures, 10))) }

  private func keep(_ state: DownloadBoard.State, in file: PartialFile) {
    guard let journal = state.journal(url: options.url.text), state.completed.count > 0 else { return }
    // When the disk is full there may be room for an older journal only: it stays.
    do { try file.save(journal) } catch { Log.debug("cannot note how far a download is: \(error)") }
  }

  private func finish(
    _ file: PartialFile, _ state: DownloadBoard.State, _ digest: String?
  ) throws -> RestoreImageDownloadResult {
    let size = state.completed.count
    if isCancelled {
      keep(state, in: file)
      throw WireError.requestCancelled
    }
    guard file.size == size else {
      file.discard()
      throw WireError(
        .inputOutput,
        "\(file.path) has \(file.size) bytes instead of \(size): another program has changed it. "
          + "It was deleted; download it again.")
    }
    if let expected = options.sha256 ?? state.sha256 {
      guard digest == expected else {
        file.discard()
        throw DownloadError.mismatch(options.target, expected: expected, actual: digest ?? "unknown")
      }
    }
    if let problem = DownloadError.problem(
      ArchiveCheck.ending(file.descriptor, size: size), of: "What the server has at \(options.url.display)",
      advice: "It was deleted. Check the URL, or ask whoever runs the server.")
    {
      file.discard()
      throw problem
    }
    do {
      try file.give(modificationTime: state.lastModifiedTime, overwrite: options.overwrite || options.isInCache)
    } catch let error as SystemError where error.number == EEXIST {
      throw DownloadError.exists(options.target)
    }
    if options.isInCache {
      let etag = state.validator.strongTag ?? ""
      // The file is there, whatever becomes of the note.
      do { try RestoreImageCache().use(options.url, at: options.target, etag: etag) } catch { Log.debug("\(error)") }
    }
    return RestoreImageDownloadResult(
      path: PathString(options.target), size: UInt64(size), sha256: digest, origin: .network,
      received: UInt64(received), restartReason: restartReason)
  }

  // MARK: - Telling

  private func tell(_ state: DownloadBoard.State, checked: Int64?, _ lock: DownloadLock) {
    let done = state.completed.count
    meter.add(done, at: DownloadAttempt.now)
    var progress = RestoreImageDownloadProgress(
      phase: state.total == nil && done == 0 ? .connecting : .downloading, completed: UInt64(done),
      total: state.total.map { UInt64($0) }, bytesPerSecond: meter.speed, note: state.note)
    if let total = state.total, meter.speed > 0 { progress.secondsLeft = Double(total - done) / meter.speed }
    if case .whole = state.end { progress = .verifying(UInt64(checked ?? 0), of: UInt64(done)) }
    report(progress)
    lock.tell(
      DownloadLock.Status(
        completed: progress.completed, total: progress.total, bytesPerSecond: progress.bytesPerSecond,
        secondsLeft: progress.secondsLeft))
  }
}

extension RestoreImageDownloadProgress {
  static func verifying(_ checked: UInt64, of total: UInt64) -> RestoreImageDownloadProgress {
    RestoreImageDownloadProgress(phase: .verifying, completed: checked, total: total, bytesPerSecond: 0)
  }
}
