/// Which bytes of a file are there: ranges in order that neither overlap nor touch.
struct ByteRanges: Equatable {
  private(set) var ranges: [Range<Int64>] = []

  init() {}

  /// - Parameter pairs: first byte and the one after the last.
  /// - Returns: nil unless all lie within `total` bytes.
  init?(pairs: [[Int64]], total: Int64) {
    for pair in pairs {
      guard pair.count == 2, pair[0] >= 0, pair[0] <= pair[1], pair[1] <= total else { return nil }
      insert(pair[0]..<pair[1])
    }
  }

  var pairs: [[Int64]] { ranges.map { [$0.lowerBound, $0.upperBound] } }

  /// Bytes in all.
  var count: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

  mutating func insert(_ range: Range<Int64>) {
    guard !range.isEmpty else { return }
    var merged = range
    var others: [Range<Int64>] = []
    for other in ranges {
      if other.upperBound < merged.lowerBound || other.lowerBound > merged.upperBound {
        others.append(other)
      } else {
        merged = min(other.lowerBound, merged.lowerBound)..<max(other.upperBound, merged.upperBound)
      }
    }
    others.append(merged)
    ranges = others.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// What is missing of the first `total` bytes.
  func gaps(in total: Int64) -> [Range<Int64>] {
    var gaps: [Range<Int64>] = []
    var place: Int64 = 0
    for range in ranges where range.lowerBound < total {
      if range.lowerBound > place { gaps.append(place..<range.lowerBound) }
      place = range.upperBound
    }
    if place < total { gaps.append(place..<total) }
    return gaps
  }

  /// Bytes from the start of the file without a gap.
  var prefix: Int64 {
    guard let first = ranges.first, first.lowerBound == 0 else { return 0 }
    return first.upperBound
  }
}
