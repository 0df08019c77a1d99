import Foundation
import HelperProtocol
import HostSystem

/// Computes the SHA-256 of a file while it is being downloaded, close behind the bytes that arrive, on its own thread.
final class DownloadChecker: @unchecked Sendable {  // `hash` belongs to the thread, the rest is locked
  private let board: DownloadBoard
  private let hash: FileHash
  private let isCancelled: @Sendable () -> Bool
  private let progress = Locked<Int64>(0)
  private let result = Locked<Swift.Result<String, any Error>?>(nil)

  init(_ board: DownloadBoard, _ file: PartialFile, isCancelled: @escaping @Sendable () -> Bool) throws {
    self.board = board
    self.isCancelled = isCancelled
    hash = try FileHash(file.descriptor, path: file.path)
  }

  /// Bytes checked.
  var checked: Int64 { progress.value }

  /// The digest, once the download is whole and all of it is checked; nil before, and when there is none to come.
  func digest() throws -> String? { try result.value?.get() }

  /// Blocks until the attempt is over, and if it is whole until all is checked.
  func run() {
    do {
      var isOver = false
      while !isOver, !isCancelled() {
        let found = board.waitForPrefix(beyond: hash.offset)
        isOver = found.isOver
        if isOver, case .whole = board.snapshot.end {} else if isOver { return }
        try hash.advance(to: found.prefix) {
          progress.value = hash.offset
          return !isCancelled()
        }
      }
      guard !isCancelled() else { return }
      let digest = try hash.finish()
      result.value = .success(digest)
    } catch {
      result.value = .failure(error)
    }
  }
}
