import Foundation
import HelperProtocol
import HostSystem

/// One attempt at a download: connections, a checker, a journal, until the file is whole or there is a reason to stop.
final class DownloadAttempt {
  /// Seconds between two looks at how far it is.
  private static let tick = 0.1
  /// Seconds between two notes in the journal, at least.
  private static let journalInterval = 1.0

  private let options: DownloadOptions
  private let file: PartialFile
  private let board: DownloadBoard
  private let isCancelled: @Sendable () -> Bool
  private let journalQueue = DispatchQueue(label: "vzkit.download.journal")
  private let isSaving = Locked(false)
  private let threads = DispatchGroup()
  private var checker: DownloadChecker?

  /// - Parameter state: what is there already.
  init(
    _ options: DownloadOptions, _ file: PartialFile, state: DownloadBoard.State,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.options = options
    self.file = file
    self.isCancelled = isCancelled
    board = DownloadBoard(state, connections: options.connections)
  }

  /// Blocks until the attempt is over.
  ///
  /// - Parameter onTick: called a few times a second with the state and the bytes checked.
  /// - Returns: the last state, and the digest if there was one to compare with.
  /// - Throws: what made checking impossible.
  func run(onTick: (DownloadBoard.State, Int64?) -> Void) throws -> (DownloadBoard.State, String?) {
    for index in board.workers {
      start("connection \(index)") { [board, file, options] in
        DownloadWorker(index, board: board, file: file, options: options).run()
      }
    }
    var lastSave = Self.now
    while threads.wait(timeout: .now() + Self.tick) == .timedOut {
      if isCancelled() { board.end(.cancelled) }
      let state = board.snapshot
      if checker == nil, options.sha256 ?? state.sha256 != nil { try startChecker() }
      onTick(state, checker?.checked)
      if Self.now - lastSave >= Self.journalInterval, state.end == nil, !isSaving.value {
        lastSave = Self.now
        save(state)
      }
    }
    // A small file may be whole before the first look.
    if checker == nil, options.sha256 ?? board.snapshot.sha256 != nil {
      try startChecker()
      threads.wait()
    }
    journalQueue.sync {}
    return (board.snapshot, try checker?.digest())
  }

  private func startChecker() throws {
    do {
      let checker = try DownloadChecker(board, file, isCancelled: isCancelled)
      self.checker = checker
      start("checker") { checker.run() }
    } catch {
      board.end(.cancelled)
      threads.wait()
      throw error
    }
  }

  private func start(_ name: String, _ body: @escaping () -> Void) {
    threads.enter()
    let thread = Thread { [threads] in
      body()
      threads.leave()
    }
    thread.name = "download \(name)"
    thread.start()
  }

  /// Notes what is there, beside the connections: the disk may take its time.
  private func save(_ state: DownloadBoard.State) {
    guard let journal = state.journal(url: options.url.text) else { return }
    isSaving.value = true
    journalQueue.async { [file, isSaving] in
      // Without a journal the download only loses what it could go on from.
      do { try file.save(journal) } catch { Log.debug("cannot note how far a download is: \(error)") }
      isSaving.value = false
    }
  }

  static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}

extension DownloadBoard.State {
  /// What a later run can go on from; nil when there is nothing it could.
  func journal(url: String) -> PartialFile.Journal? {
    guard let total, !isStream, !validator.isEmpty else { return nil }
    return PartialFile.Journal(
      url: url, total: total, validator: validator, completed: completed.pairs, sha256: sha256,
      lastModifiedTime: lastModifiedTime)
  }

  /// What is there, to go on from in another attempt.
  func continued(url: String) -> DownloadBoard.State {
    journal(url: url).map { DownloadBoard.State($0, completed) } ?? DownloadBoard.State()
  }

  init(_ journal: PartialFile.Journal, _ completed: ByteRanges) {
    self.init()
    total = journal.total
    validator = journal.validator
    sha256 = journal.sha256
    lastModifiedTime = journal.lastModifiedTime
    self.completed = completed
  }
}
