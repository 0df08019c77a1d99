/// The members of one JSON object while a wire type is made from it.
///
/// An absent key is the only way to leave something out: null is refused, so that a client's mistake shows.
struct WireObject {
  private let container: KeyedDecodingContainer<WireKey>

  init(_ decoder: any Decoder) throws {
    container = try decoder.container(keyedBy: WireKey.self)
  }

  /// Refuses members that the type does not have: a mistyped option must not be ignored.
  init(_ decoder: any Decoder, knownKeys: Set<String>, and extra: String? = nil) throws {
    try self.init(decoder)
    try refuseUnknownKeys(knownKeys, and: extra)
  }

  /// - Parameter extra: A key that is read elsewhere: a union's tag, or the token that asks for progress.
  func refuseUnknownKeys(_ known: Set<String>, and extra: String?) throws {
    for key in container.allKeys where !known.contains(key.stringValue) && key.stringValue != extra {
      throw WireFault(path: container.codingPath + [key], problem: unknownKey(key.stringValue, known))
    }
  }

  private func unknownKey(_ key: String, _ known: Set<String>) -> String {
    if let near = closestName(to: key, in: known) { return "is not a known key; did you mean \(near)?" }
    if known.isEmpty { return "is not a known key; none is expected here" }
    return "is not a known key; known here: \(known.sorted().joined(separator: ", "))"
  }

  func unknownVariant(_ tag: String, key: WireKey, of variants: [String]) -> WireFault {
    WireFault(path: container.codingPath + [key], problem: notOneOf(variants, found: tag))
  }

  func required<T: Decodable>(_ key: WireKey) throws -> T {
    do {
      return try container.decode(T.self, forKey: key)
    } catch {
      throw explained(error, key, T.self)
    }
  }

  private func explained<T>(_ error: any Error, _ key: WireKey, _ type: T.Type) -> any Error {
    switch error {
    case DecodingError.typeMismatch, DecodingError.keyNotFound, DecodingError.valueNotFound, is WireFault:
      return error
    case DecodingError.dataCorrupted(let context) where !(type is any FixedWidthInteger.Type):
      return WireFault(path: context.codingPath, problem: "must be \(words(for: type)): \(context.debugDescription)")
    default:
      // A number that the type cannot hold. On Linux Foundation has an error of its own for it and forgets the place.
      let number = try? container.decode(Double.self, forKey: key)
      return WireFault(path: container.codingPath + [key], unfit: type, found: number)
    }
  }

  func optional<T: Decodable>(_ key: WireKey) throws -> T? {
    container.contains(key) ? try required(key) as T : nil
  }
}

// JSON numbers are doubles for most readers; a whole number beyond 2^53 would arrive as another one.
extension WireObject {
  func required(_ key: WireKey) throws -> UInt64 {
    try exact(decoded(key), key)
  }

  func optional(_ key: WireKey) throws -> UInt64? {
    container.contains(key) ? try required(key) as UInt64 : nil
  }

  func required(_ key: WireKey) throws -> Int64 {
    try exact(decoded(key), key)
  }

  func optional(_ key: WireKey) throws -> Int64? {
    container.contains(key) ? try required(key) as Int64 : nil
  }

  private func decoded<T: FixedWidthInteger & Decodable>(_ key: WireKey) throws -> T { try required(key) }

  private func exact<T: FixedWidthInteger>(_ value: T, _ key: WireKey) throws -> T {
    let isExact = value.magnitude <= 9_007_199_254_740_991
    if isExact { return value }
    throw WireFault(
      path: container.codingPath + [key], problem: "is \(value); whole numbers beyond 2^53 - 1 are not exact in JSON")
  }
}

extension Decoder {
  /// A value of an enum that is known in full, or an error that lists what is allowed.
  func closedEnum<T: RawRepresentable & CaseIterable>() throws -> T where T.RawValue == String {
    let found = try singleValueContainer().decode(String.self)
    if let value = T(rawValue: found) { return value }
    throw WireFault(path: codingPath, problem: notOneOf(T.allCases.map(\.rawValue), found: found))
  }
}

private func notOneOf(_ allowed: [String], found: String) -> String {
  "must be \(allowed.count == 1 ? "" : "one of ")\(allowed.joined(separator: ", ")), not \"\(found.prefix(64))\""
}
