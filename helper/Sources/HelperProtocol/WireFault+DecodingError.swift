import Foundation

extension WireFault {
  /// Foundation's report of a value that does not fit, in plain words.
  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(path: context.codingPath + [key], problem: "is missing")
    case .valueNotFound(let type, let context):
      let expected = words(for: type)
      self.init(path: context.codingPath, problem: "must be \(expected), not null; leave out what is not wanted")
    case .typeMismatch(let type, let context):
      let found = foundWords(context.debugDescription).map { ", not \($0)" } ?? ""
      self.init(path: context.codingPath, problem: "must be \(words(for: type))\(found)")
    case .dataCorrupted(let context):
      self.init(path: context.codingPath, problem: "cannot be read: \(context.debugDescription)")
    @unknown default:
      self.init(path: "", problem: "cannot be read: \(error)")
    }
  }
}

extension WireFault {
  /// A number that the type cannot hold, such as -1 for an unsigned one.
  init(path: [any CodingKey], unfit type: any Any.Type, found number: Double?) {
    let found = number.map { Int64(exactly: $0).map(String.init) ?? String($0) } ?? "a number out of range"
    self.init(path: path, problem: "must be \(words(for: type)), not \(found)")
  }
}

/// What belongs in place of a value of this type.
func words(for type: any Any.Type) -> String {
  switch type {
  case is Bool.Type: "true or false"
  case is String.Type: "a string"
  case is Double.Type: "a number"
  case is Data.Type: "base64 text"
  case let integer as any FixedWidthInteger.Type: range(of: integer)
  default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
  }
}

private func range<T: FixedWidthInteger>(of type: T.Type) -> String {
  let isWide = T.bitWidth > 32
  let least = T.isSigned ? (isWide ? "-2^53 + 1" : "\(T.min)") : "0"
  return "a whole number from \(least) to \(isWide ? "2^53 - 1" : "\(T.max)")"
}

/// "Expected to decode String but found number instead." says what was found between two marks.
private func foundWords(_ description: String) -> String? {
  guard let found = between(" but found ", " instead", in: description) else { return nil }
  let isObject = found.contains("dictionary")
  let isList = found.contains("array")
  if isObject || isList { return isObject ? "an object" : "a list" }
  let known = ["string": "a string", "number": "a number", "bool": "true or false", "null": "null"]
  return known.first { found.contains($0.key) }?.value
}

private func between(_ start: String, _ end: String, in text: String) -> String? {
  guard let from = text.range(of: start)?.upperBound else { return nil }
  guard let to = text[from...].range(of: end)?.lowerBound else { return nil }
  return String(text[from..<to])
}
