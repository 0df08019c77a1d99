/// SplitMix64: the same sequence in every run, so that what a test finds can be found again.
struct Randomness: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

  /// `bytes` with a few accidents.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    let interesting =
      Array("{}[]\",:\\u-+.eE0123456789truefalsn \r\n\t\0Content-Length\u{7F}".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF]
    var result = bytes
    for _ in 0...below(4) {
      let position = result.isEmpty ? 0 : below(result.count)
      switch below(6) {
      case 0 where !result.isEmpty: result.remove(at: position)
      case 1: result.insert(interesting[below(interesting.count)], at: position)
      case 2 where !result.isEmpty: result[position] = interesting[below(interesting.count)]
      case 3 where !result.isEmpty: result[position] ^= 1 << UInt8(below(8))
      case 4 where !result.isEmpty:
        let end = min(result.count, position + 1 + below(12))
        result.insert(contentsOf: result[position..<end], at: below(result.count + 1))
      case 5 where !result.isEmpty: result.removeSubrange(position..<min(result.count, position + 1 + below(6)))
      default: result.append(interesting[below(interesting.count)])
      }
    }
    return result
  }
}
