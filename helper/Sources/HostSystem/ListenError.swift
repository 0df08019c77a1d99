/// Why a path could not be listened at: one sentence that says what is wrong and what helps.
public struct ListenError: Error, Sendable, Equatable, CustomStringConvertible {
  public let path: String
  public let description: String

  package init(_ path: String, _ problem: String) {
    self.path = path
    description = "cannot listen at \(path): \(problem)"
  }

  /// Turns a failed system call into the error of the path that it was made for.
  static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SystemError {
      throw ListenError(path, error.path == path ? error.reason : error.description)
    }
  }
}
