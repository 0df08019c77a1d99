#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A system call that failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  /// The value of `errno`.
  package let number: Int32
  /// What was tried, fit to stand after "cannot": "open the disk image".
  package let attempt: String
  /// The file concerned.
  package let path: String?

  package init(_ number: Int32, _ attempt: String, path: String? = nil) {
    self.number = number
    self.attempt = attempt
    self.path = path
  }

  /// The system's own words.
  package var reason: String { Self.words(for: number) }

  package var description: String {
    "cannot \(attempt)\(path.map { " \($0)" } ?? ""): \(reason)"
  }

  package static func words(for number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
