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
  }

  /// Blocks until the server has answered.
  ///
  /// - Returns: nil when it does not, or not in a way that helps.
  func ask() -> ServerResponse? {
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
      let (response, redirect) = ask(connection, next)
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

  private func ask(_ connection: OpaquePointer, _ url: RemoteURL) -> (ServerResponse?, redirect: String?) {
    let answer = Answer()
    let outcome = url.text.withCString { url in
      var request = cd_request()
      request.url = url
      // One byte: some servers refuse HEAD, or answer it otherwise.
      request.start = 0
      request.end = 1
      request.descriptor = -1
      request.connect_seconds = min(30, max(1, Int(stallTimeout * 2)))
      request.stall_seconds = max(1, Int(stallTimeout.rounded(.up)))
      request.context = Unmanaged.passUnretained(answer).toOpaque()
      request.on_response = { context, response in
        // Both are set here and by libcurl's headers being in, and live as long as the request.
        guard let context, let response else { return CD_STOP }
        Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue().response = ServerResponse(response.pointee)
        return (301...308).contains(response.pointee.status) ? CD_DISCARD : CD_STOP
      }
      request.on_bytes = { _, _ in }
      return cd_connection_run(connection, &request)
    }
    return (answer.response, cText(outcome.redirect))
  }
}
