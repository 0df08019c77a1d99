/// What one connection may use. All sizes are bytes.
public struct Limits: Sendable {
  /// The longest message accepted. A longer one is answered with an error and skipped.
  public var frameBytes = 64 << 20
  /// The longest header block in front of a message.
  public var headerBytes = 8 << 10
  /// The longest method name, id and progress token.
  public var nameBytes = 4 << 10
  /// Entries of a batch.
  public var batchEntries = 1024
  /// The longest answer to a batch; entries beyond are replaced by errors. While more than this waits for the rest of its
  /// batch, no further message is read.
  public var batchAnswerBytes = 64 << 20
  /// Requests being worked on; at the limit no further message is read until one is answered.
  public var requestsInFlight = 4096
  /// Bytes of the parameters of those requests.
  public var requestBytesInFlight = 128 << 20
  /// Unsent output above which no further request is read.
  public var outputHighWater = 1 << 20
  /// Unsent output above which a notification ends the connection: the peer does not read.
  public var outputHardCap = 64 << 20
  /// How long `close()` waits for the peer to take what is already written, in milliseconds.
  public var lingerMilliseconds = 2000

  public init() {}
}
