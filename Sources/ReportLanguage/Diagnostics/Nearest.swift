/// 'Did you mean': the known word nearest to a mistyped one.
///
/// Optimal string alignment, the restricted Damerau–Levenshtein distance: letters are inserted,
/// removed, replaced, or swapped with their neighbour, and no piece is edited twice.
enum Nearest {
  /// Words longer than this are not looked up: the work grows with the square of their length.
  private static let longest = 64

  /// The candidate that was probably meant, or nil where none is near enough.
  ///
  /// Near enough is one slip for each three letters, rounded, and never the whole word. Case is
  /// not regarded. Of equally near ones the first is taken.
  static func word(to word: String, in candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased().unicodeScalars.prefix(longest + 1))
    guard typed.count <= longest else { return nil }
    var nearest: (candidate: String, distance: Int)?
    for candidate in candidates {
      let known = Array(candidate.lowercased().unicodeScalars)
      let length = max(typed.count, known.count)
      let permitted = min((length + 1) / 3, length - 1, (nearest?.distance ?? .max) - 1)
      guard abs(typed.count - known.count) <= permitted else { continue }
      let distance = distance(typed, known)
      if distance <= permitted { nearest = (candidate, distance) }
    }
    return nearest?.candidate
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var current = [i + 1]
      for (j, other) in right.enumerated() {
        var least = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          least = min(least, beforeLast[j - 1] + 1)
        }
        current.append(least)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
