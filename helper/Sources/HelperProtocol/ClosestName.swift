/// The known name that a mistyped one most likely stands for, if one is near enough to be worth a question.
func closestName(to text: String, in names: some Sequence<String>) -> String? {
  // Names of the protocol are short; anything else is not a typing mistake, and the search costs its length squared.
  guard text.utf8.count <= 64 else { return nil }
  let wanted = Array(text.lowercased().utf8)
  let allowed = max(1, wanted.count / 3)
  let ranked = names.map { (name: $0, distance: editDistance(wanted, Array($0.lowercased().utf8))) }
  let best = ranked.min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return best.flatMap { $0.distance <= allowed ? $0.name : nil }
}

/// Levenshtein's distance: how many single letters must change.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let substituted = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
