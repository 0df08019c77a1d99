/// What answers the requests of a connection.
///
/// The messages of one connection arrive one after the other, in the order sent, on that connection's reader thread.
/// Nothing further is read until a call returns, so a call must not block: long work goes elsewhere and answers later.
public protocol RPCService: AnyObject, Sendable {
  /// A request. `request` takes exactly one answer, now or later, from any thread.
  func handle(_ request: PendingRequest, params: RawJSON?)

  /// A notification. Those whose names start with `$/` never get here.
  func handleNotification(method: String, params: RawJSON?, on connection: Connection)

  /// The connection is about to read its first byte.
  func connectionDidOpen(_ connection: Connection)

  /// Nothing more will arrive. Called once, on the reader thread. After `endOfInput` and `truncatedInput` the peer may
  /// still read: requests in flight can be answered.
  func connectionDidClose(_ connection: Connection, reason: ConnectionEnd)
}

extension RPCService {
  public func connectionDidOpen(_ connection: Connection) {}
}

/// Why a connection ended.
public enum ConnectionEnd: Sendable, Equatable {
  /// The peer closed its side between two messages.
  case endOfInput
  /// The peer closed its side in the middle of a message.
  case truncatedInput(String)
  /// The bytes cannot be cut into messages any more.
  case invalidFraming(String)
  case inputFailed(String)
  case outputFailed(String)
  /// Too much output waits for a peer that does not read.
  case peerNotReading(bufferedBytes: Int)
  /// The peer is gone, with requests in flight.
  case peerGone
  /// `close()` was called.
  case closedLocally
}
