/// 'Did you mean': the known word nearest to a mistyped one.
package enum Suggestion {
  /// The candidate that was probably meant by `word`, or `nil` where none is near enough.
  package static func closest(to word: String, in candidates: some Sequence<String>) -> String? {
    nearest(to: word, in: candidates, limit: 1).first
  }

  /// The candidates near enough to `word` to have been meant, nearest first; of equally near ones
  /// the first given comes first.
  ///
  /// Near enough is one slip for each three letters, rounded, and never the whole word: `comapre`
  /// (two allowed) finds `compare`, `x` finds nothing. Letters are compared without regard to case.
  package static func nearest(
    to word: String, in candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let typed = Array(word.lowercased())
    let near = candidates.enumerated().compactMap { position, candidate in
      let known = Array(candidate.lowercased())
      let length = max(typed.count, known.count)
      let distance = distance(typed, known)
      return distance <= min((length + 1) / 3, length - 1)
        ? (candidate: candidate, distance: distance, position: position) : nil
    }
    return near.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }
      .prefix(limit).map(\.candidate)
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour to turn
  /// one word into the other.
  ///
  /// Optimal string alignment, the restricted form of the Damerau–Levenshtein distance: no piece is
  /// edited twice.
  package static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int]()
    var last = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
        var smallest = min(replaced, last[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          smallest = min(smallest, beforeLast[j - 1] + 1)
        }
        current.append(smallest)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
