/// The speed of something over the last seconds.
struct SpeedMeter {
  /// Seconds looked back on.
  private static let span = 5.0
  private var samples: [(time: Double, count: Int64)] = []

  /// - Parameters:
  ///   - count: what is done in all.
  ///   - time: seconds of a clock that does not go back.
  mutating func add(_ count: Int64, at time: Double) {
    if let last = samples.last, count < last.count { samples = [] }
    samples.append((time, count))
    // One sample older than the span stays, as its beginning.
    while samples.count > 2, time - samples[1].time >= Self.span { samples.removeFirst() }
  }

  /// Units a second.
  var speed: Double {
    guard let first = samples.first, let last = samples.last, last.time > first.time else { return 0 }
    return Double(last.count - first.count) / (last.time - first.time)
  }
}
