import CDownload
import Foundation
import HelperProtocol

/// One connection of a download: fetches one part after the other, on a thread of its own.
final class DownloadWorker {
  private static let longestPause = 30.0
  private static let mostRedirects = 10
  private static let connectTimeout = 30
  /// Fewer bytes between two failures do not count as progress.
  private static let leastProgress: Int64 = 64 << 10

  private let index: Int
  private let board: DownloadBoard
  private let file: PartialFile
  private let options: DownloadOptions
  private var url: RemoteURL
  private var redirects = 0
  /// Failures in a row.
  private var failures = 0
  private var hasAnswered = false
  private var claim = DownloadBoard.Claim(start: 0, end: nil)
  private var asked: Range<Int64>?
  private var answer: RangeAnswer?
  /// The type of what is being received.
  private var contentType: String?
  private var hasCheckedBeginning = false

  init(_ index: Int, board: DownloadBoard, file: PartialFile, options: DownloadOptions) {
    self.index = index
    self.board = board
    self.file = file
    self.options = options
    url = options.url
  }

  /// Blocks until there is nothing left to do for this connection.
  func run() {
    guard let connection = cd_connection_make("vzkit/\(helperVersion)") else {
      return board.end(.failed(WireError(.internalError, "There is no memory for a connection to \(url.display).")))
    }
    board.attach(index, connection)
    var isNeeded = true
    while isNeeded, let claim = board.claim(index) {
      self.claim = claim
      let outcome = fetch(connection)
      // Before others can take it for whole.
      if outcome.count > 0 { checkBeginning() }
      board.advance(index, outcome.count)
      board.release(index)
      isNeeded = settle(outcome)
    }
    board.detach(index)
    cd_connection_free(connection)
  }

  // MARK: - One request

  private func fetch(_ connection: OpaquePointer) -> cd_outcome {
    let state = board.snapshot
    asked = state.isStream ? nil : claim.start..<(claim.end ?? Int64.max)
    answer = nil
    hasCheckedBeginning = false
    let ifRange = claim.start > 0 || state.completed.count > 0 ? state.validator.ifRange : nil
    return url.text.withCString { url in
      withOptionalCString(ifRange) { ifRange in
        var request = cd_request()
        request.url = url
        request.start = state.isStream ? -1 : claim.start
        request.end = claim.end ?? -1
        request.if_range = ifRange
        request.descriptor = file.descriptor
        request.turns = board.turns
        request.connect_seconds = min(Self.connectTimeout, max(1, Int(options.stallTimeout * 2)))
        request.stall_seconds = max(1, Int(options.stallTimeout.rounded(.up)))
        request.context = Unmanaged.passUnretained(self).toOpaque()
        request.on_response = { context, response in
          // Both are set by `fetch` and by libcurl's headers being in, and live as long as the request.
          guard let context, let response else { return CD_STOP }
          return Unmanaged<DownloadWorker>.fromOpaque(context).takeUnretainedValue().judge(response.pointee)
        }
        request.on_bytes = { context, count in
          guard let context else { return }
          Unmanaged<DownloadWorker>.fromOpaque(context).takeUnretainedValue().take(count)
        }
        return cd_connection_run(connection, &request)
      }
    }
  }

  private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }

  /// The headers are in: is this what was asked for?
  private func judge(_ response: cd_response) -> cd_verdict {
    let response = ServerResponse(response)
    hasAnswered = true
    contentType = response.pageType ?? response.contentType
    let answer = RangeAnswer(response, asked: asked, known: board.known(for: index))
    self.answer = answer
    switch answer {
    case .part(let total, _):
      guard total <= Int64.max / 2, makeRoom(total, isStream: false) else { return CD_STOP }
      board.learn(index, total: total, response: response, isStream: false)
      return total > 0 ? CD_STORE : CD_STOP
    case .whole(let total, _):
      guard makeRoom(total, isStream: true) else { return CD_STOP }
      board.learn(index, total: total, response: response, isStream: true)
      return CD_STORE_WHOLE
    case .redirect, .retry: return CD_DISCARD
    case .startAnew, .refused, .page: return CD_STOP
    }
  }

  /// So many bytes are there, of which the first ones tell whether they are worth any more.
  private func take(_ count: Int64) {
    board.advance(index, count)
    guard count >= ArchiveCheck.markSize else { return }
    checkBeginning()
  }

  private func checkBeginning() {
    guard !hasCheckedBeginning else { return }
    hasCheckedBeginning = true
    guard answer?.isFromTheFirstByte(claim.start) ?? false, !ArchiveCheck.begins(file.descriptor) else { return }
    board.end(.foreign(contentType))
  }

  /// Refuses what will not fit before it is downloaded.
  private func makeRoom(_ total: Int64?, isStream: Bool) -> Bool {
    guard let total, board.snapshot.total == nil || isStream else { return true }
    let missing = file.missingSpace(total: total)
    guard missing == 0 else {
      board.end(.failed(DownloadError.disk(ENOSPC, options.target, missing: missing)))
      return false
    }
    do {
      if !isStream { try file.setSize(total) }
      return true
    } catch {
      board.end(.failed(WireError(error)))
      return false
    }
  }

  // MARK: - What comes of it

  /// - Returns: whether this connection goes on.
  private func settle(_ outcome: cd_outcome) -> Bool {
    switch outcome.end {
    case CD_STOPPED: return false
    case CD_WRITE_FAILED:
      let missing = board.snapshot.total.map { file.missingSpace(total: $0) }
      board.end(.failed(DownloadError.disk(Int32(outcome.number), options.target, missing: missing)))
      return false
    default: break
    }
    switch answer {
    case nil: return failed(outcome, reason(outcome))
    case .redirect: return follow(cText(outcome.redirect))
    case .retry(let reason, let after): return failed(outcome, reason, after: after)
    case .startAnew(let reason, let asStream):
      board.end(.startAnew(reason: reason, asStream: asStream, isFailure: false))
      return false
    case .refused(let reason, let status): return refused(reason, status)
    case .page(let type):
      return failed(outcome, DownloadError.description(of: type), after: 0) { [options] tries in
        DownloadError.foreign(type, options.url, tries: tries)
      }
    case .part(let total, _): return settlePart(outcome, total)
    case .whole: return settleWhole(outcome)
    }
  }

  private func settlePart(_ outcome: cd_outcome, _ total: Int64) -> Bool {
    let wanted = min(claim.end ?? total, total) - claim.start
    if outcome.count >= wanted {
      failures = 0
      board.note(nil)
      return true
    }
    if outcome.end == CD_NETWORK_FAILED { return failed(outcome, reason(outcome)) }
    return failed(outcome, "the server sent \(outcome.count) of the \(wanted) bytes asked for")
  }

  private func settleWhole(_ outcome: cd_outcome) -> Bool {
    guard outcome.end == CD_NETWORK_FAILED else {
      board.endOfStream(outcome.count)
      return true
    }
    let reason = "The server can only send the whole file, and \(self.reason(outcome))."
    board.end(.startAnew(reason: reason, asStream: true, isFailure: true))
    return false
  }

  private func reason(_ outcome: cd_outcome) -> String {
    guard outcome.end == CD_NETWORK_FAILED else { return "the server's answer cannot be understood" }
    if outcome.is_timeout, hasAnswered { return "nothing came for \(Int(options.stallTimeout)) seconds" }
    return cText(outcome.message) ?? "error \(outcome.number) of libcurl"
  }

  /// - Parameter explain: the error for so many failures in a row, when it is the last of them.
  private func failed(
    _ outcome: cd_outcome, _ reason: String, after: Double = 0, explain: ((_ tries: Int) -> WireError)? = nil
  ) -> Bool {
    if outcome.count >= Self.leastProgress { failures = 0 }
    failures += 1
    let limit = hasAnswered ? options.retries : options.firstRetries
    let isRefusingMore = after > 0 || outcome.end != CD_NETWORK_FAILED
    // A server may allow fewer connections than it is asked for.
    if isRefusingMore, failures > 1, index > 0, board.retire(index) { return false }
    let isHopeless = outcome.end == CD_NETWORK_FAILED && !outcome.is_passing
    if isHopeless || failures > limit {
      if !isHopeless, board.retire(index) { return false }
      let isTimeout = outcome.end == CD_NETWORK_FAILED && outcome.is_timeout
      let error = explain?(failures)
      board.end(.failed(error ?? DownloadError.network(reason, options.url, isTimeout: isTimeout, tries: failures)))
      return false
    }
    board.note("\(reason.prefix(200)); trying again (\(failures) of \(limit))")
    // What a redirect led to may be what is broken.
    url = options.url
    redirects = 0
    board.pause(seconds: max(after, Self.pause(failures)))
    return true
  }

  /// Seconds: twice as long after each failure, and not all connections at the same moment.
  private static func pause(_ failures: Int) -> Double {
    min(longestPause, 0.25 * Double(1 << min(failures - 1, 10))) * Double.random(in: 0.5...1)
  }

  private func refused(_ reason: String, _ status: Int) -> Bool {
    // Where a redirect led to may have been for a short time only.
    if url != options.url, failures == 0 {
      failures = 1
      url = options.url
      redirects = 0
      return true
    }
    board.end(.failed(DownloadError.refused(reason, options.url, status: status)))
    return false
  }

  private func follow(_ location: String?) -> Bool {
    redirects += 1
    let problem: String
    if redirects > Self.mostRedirects {
      problem = "the server redirects more than \(Self.mostRedirects) times"
    } else if let location, let next = RemoteURL(location) {
      guard url.isSecure, !next.isSecure else {
        url = next
        return true
      }
      problem = "the server redirects from https to http, where anybody could change the file"
    } else {
      problem = "the server redirects to something that is no http or https URL"
    }
    board.end(.failed(DownloadError.refused(problem, options.url, status: nil)))
    return false
  }
}
