/// 'Did you mean': the known word nearest to a mistyped one.
///
/// Near enough is one slip for each three letters, rounded, and never the whole word: `comapre`
/// (two allowed) finds `compare`, `x` finds nothing. Letters are compared without regard to case.
package enum Suggestion {
  /// Words of more Unicode scalars are not looked up, unless the caller says otherwise: the work
  /// grows with the square of their length. Names of series are shorter.
  private static let longestWord = 256

  /// The candidate that was probably meant by `word`; nil where none is near enough. The first of
  /// equally near ones is taken. Words of more than `longest` Unicode scalars are not looked up.
  ///
  /// The candidates are an array, because a generic sequence would be read through its witness
  /// table from other modules, which allocates for each candidate.
  package static func closest(
    to word: String, in candidates: [String], longest: Int? = nil
  ) -> String? {
    let typed = letters(word)
    guard typed.count <= longest ?? longestWord else { return nil }
    var nearest: (candidate: String, slips: Int)?
    for candidate in candidates {
      let most = (nearest?.slips ?? .max) - 1
      if let slips = slips(typed, letters(candidate), atMost: most) { nearest = (candidate, slips) }
    }
    return nearest?.candidate
  }

  /// The candidates near enough to `word` to have been meant, nearest first; of equally near ones
  /// the first given comes first.
  package static func nearest(
    to word: String, in candidates: [String], limit: Int = 3
  ) -> [String] {
    let typed = letters(word)
    guard typed.count <= longestWord else { return [] }
    let near = candidates.enumerated().compactMap { position, candidate in
      slips(typed, letters(candidate), atMost: .max).map { (candidate, slips: $0, position) }
    }
    return near.sorted { ($0.slips, $0.2) < ($1.slips, $1.2) }.prefix(limit).map(\.0)
  }

  private static func letters(_ word: String) -> [Unicode.Scalar] {
    Array(word.lowercased().unicodeScalars)
  }

  /// The distance, where it is small enough for one word to be meant by the other.
  private static func slips(
    _ typed: [Unicode.Scalar], _ known: [Unicode.Scalar], atMost most: Int
  ) -> Int? {
    let length = max(typed.count, known.count)
    let permitted = min((length + 1) / 3, length - 1, most)
    // Words differ by as many letters at least as one is longer.
    guard abs(typed.count - known.count) <= permitted else { return nil }
    let distance = distance(typed, known)
    return distance <= permitted ? distance : nil
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour to turn
  /// one word into the other.
  ///
  /// Optimal string alignment, the restricted form of the Damerau–Levenshtein distance: no piece
  /// is edited twice.
  package static func distance<Letter: Equatable>(_ left: [Letter], _ right: [Letter]) -> Int {
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
