/// What a server says by which one version of a file is told from another.
struct Validator: Equatable, Codable {
  var etag: String?
  var lastModified: String?

  init(etag: String? = nil, lastModified: String? = nil) {
    self.etag = etag
    self.lastModified = lastModified
  }

  /// Nothing tells versions apart.
  var isEmpty: Bool { etag == nil && lastModified == nil }

  /// For the header If-Range, which takes no weak tag.
  var ifRange: String? {
    strongTag ?? lastModified
  }

  /// The tag that stands for one sequence of bytes, wherever it comes from; a weak one stands for several.
  var strongTag: String? { etag.flatMap { $0.hasPrefix("W/") ? nil : $0 } }

  /// Whether an answer comes from the same version. A server that was asked by `ifRange` for a part of the version of a
  /// date need not repeat the date; a tag it has to repeat.
  func agrees(with answer: Validator) -> Bool {
    guard etag == answer.etag else { return false }
    guard let lastModified, let other = answer.lastModified else { return true }
    return lastModified == other
  }
}
