/// A stable name for what went wrong, with its JSON-RPC code and what to do about it.
public struct ErrorKind: Hashable, Sendable {
  public let name: String
  public let code: Int
  public let hint: String
}
