import CDownload
import Foundation
import HelperProtocol

/// Asks a server what it has at a URL, without downloading it.
final class ServerQuestion: @unchecked Sendable {  // `connection` and `isStopped` are only touched with the lock held
  private static let mostRedirects = 10

  private let url: RemoteURL
  private let stallTimeout: Double
  private let lock = NSLock()
  private var connection: OpaquePointer?
  private var isStopped = false

  init(_ url: RemoteURL, stallTimeout: Double) {
    self.url = url
    self.stallTimeout = stallTimeout
  }

  /// What the answer says, takes a place of its own: libcurl's callback writes into it.
  private final class Answer {
    var response: ServerResponse?
    let wantsBody: Bool
    let connection: OpaquePointer

    init(_ connection: OpaquePointer, wantsBody: Bool) {
      self.connection = connection
      self.wantsBody = wantsBody
    }

    /// What to do with the body.
    func judge(_ response: ServerResponse) -> cd_verdict {
      self.response = response
      if (301...308).contains(response.status) { return CD_DISCARD }
      guard wantsBody, [200, 206].contains(response.status) else { return CD_STOP }
      return response.status == 206 ? CD_STORE : CD_STORE_WHOLE
    }
  }

  /// What the server says of an archive at the URL; nil when it has something else there, or does not answer. Blocks.
  ///
  /// - Parameter scratch: an empty file for the first bytes.
  func askForArchive(_ scratch: Int32) -> ServerResponse? {
    guard let response = ask(scratch), [200, 206].contains(response.status), ArchiveCheck.begins(scratch) else {
      return nil
    }
    return response
  }

  /// Blocks until the server has answered.
  ///
  /// - Parameter scratch: a file that takes the first bytes, -1 for none.
  /// - Returns: nil when it does not, or not in a way that helps.
  func ask(_ scratch: Int32 = -1) -> ServerResponse? {
    guard let connection = cd_connection_make("vzkit/\(helperVersion)") else { return nil }
    lock.withLock {
      self.connection = connection
      if isStopped { cd_connection_stop(connection) }
    }
    defer {
      lock.withLock { self.connection = nil }
      cd_connection_free(connection)
    }
    var next = url
    for _ in 0...Self.mostRedirects {
      let (response, redirect) = ask(connection, next, scratch)
      guard let response else { return nil }
      guard (301...308).contains(response.status) else { return response }
      guard let url = redirect.flatMap({ RemoteURL($0) }), url.isSecure || !next.isSecure else { return nil }
      next = url
    }
    return nil
  }

  /// Makes `ask` return at once. From any thread.
  func stop() {
    lock.withLock {
      isStopped = true
      if let connection { cd_connection_stop(connection) }
    }
  }

  private func ask(
    _ connection: OpaquePointer, _ url: RemoteURL, _ scratch: Int32
  ) -> (ServerResponse?, redirect: String?) {
    let answer = Answer(connection, wantsBody: scratch >= 0)
    let outcome = url.text.withCString { url in
      var request = cd_request()
      request.url = url
      // One byte: some servers refuse HEAD, or answer it otherwise.
      request.start = 0
      request.end = scratch >= 0 ? Int64(ArchiveCheck.markSize) : 1
      request.descriptor = scratch
      request.connect_seconds = min(30, max(1, Int(stallTimeout * 2)))
      request.stall_seconds = max(1, Int(stallTimeout.rounded(.up)))
      request.context = Unmanaged.passUnretained(answer).toOpaque()
      request.on_response = { context, response in
        // Both are set here and by libcurl's headers being in, and live as long as the request.
        guard let context, let response else { return CD_STOP }
        return Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue().judge(ServerResponse(response.pointee))
      }
      request.on_bytes = { context, count in
        guard let context, count >= ArchiveCheck.markSize else { return }
        // A server that sends the whole file has sent enough.
        cd_connection_stop(Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue().connection)
      }
      return cd_connection_run(connection, &request)
    }
    return (answer.response, cText(outcome.redirect))
  }
}
