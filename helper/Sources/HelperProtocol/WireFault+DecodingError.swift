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
      self.init(path: context.codingPath, problem: corruptionWords(context.debugDescription))
    @unknown default:
      self.init(path: "", problem: "cannot be read: \(error)")
    }
  }
}

private func words(for type: any Any.Type) -> String {
  switch type {
  case is Bool.Type: "true or false"
  case is String.Type: "a string"
  case is Double.Type: "a number"
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

/// "Parsed JSON number <-1> does not fit in UInt32." becomes a sentence about the number.
private func corruptionWords(_ description: String) -> String {
  guard let number = between("number <", ">", in: description) else {
    return "cannot be read: \(description)"
  }
  let integers: [any FixedWidthInteger.Type] = [UInt32.self, Int32.self, UInt64.self, Int64.self]
  guard let type = integers.first(where: { description.hasSuffix(" \($0).") }) else {
    return "is \(number), which is not a number that can be used here"
  }
  return "must be \(range(of: type)), not \(number.prefix(64))"
}

private func between(_ start: String, _ end: String, in text: String) -> String? {
  guard let from = text.range(of: start)?.upperBound else { return nil }
  guard let to = text[from...].range(of: end)?.lowerBound else { return nil }
  return String(text[from..<to])
}
