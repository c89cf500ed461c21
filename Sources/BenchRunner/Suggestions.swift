/// The names that someone who typed `text` may have meant: at most three, nearest first.
package func suggestions(for text: String, among names: [String]) -> [String] {
  let typed = Array(text.lowercased())
  let limit = max(1, typed.count / 3)
  return names.map { (name: $0, distance: editDistance(typed, Array($0.lowercased()))) }
    .filter { $0.distance <= limit }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(3).map(\.name)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal string alignment).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let replaced = previous[j] + (left[i] == right[j] ? 0 : 1)
      var best = min(replaced, previous[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        best = min(best, beforePrevious[j - 1] + 1)
      }
      row.append(best)
    }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[right.count]
}
