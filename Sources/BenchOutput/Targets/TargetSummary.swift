package import BenchComparer

/// One target over all benchmarks that it asks: how many meet it, and the one that stands worst.
package struct TargetSummary {
  package let target: Target
  private let rows: [TargetRow]
  /// The gravest verdict; of several, the one nearest to the limit, or furthest beyond it.
  package let worst: TargetRow

  /// Summarises a check, in the order of its targets.
  package static func all(_ check: TargetCheck) -> [TargetSummary] {
    var summaries: [TargetSummary] = []
    var rest = check.rows[...]
    while let first = rest.first {
      let own = rest.prefix { $0.target == first.target }
      summaries.append(TargetSummary(first, Array(own)))
      rest = rest.dropFirst(own.count)
    }
    return summaries
  }

  private init(_ first: TargetRow, _ rows: [TargetRow]) {
    target = first.target
    self.rows = rows
    worst = rows.dropFirst().reduce(first) { Self.isWorse($1, than: $0) ? $1 : $0 }
  }

  /// `met`, `missed by 2 of 8`
  package var verdict: String {
    let word = TargetWords.verdict(worst)
    let same = rows.count { TargetWords.verdict($0) == word }
    if rows.count == 1 { return word }
    return same == rows.count ? "\(word), all \(same)" : "\(word), \(same) of \(rows.count)"
  }

  private static func isWorse(_ row: TargetRow, than other: TargetRow) -> Bool {
    let (grave, otherGrave) = (gravity(row), gravity(other))
    return grave == otherGrave ? excess(row) > excess(other) : grave > otherGrave
  }

  /// A benchmark that failed is worse than any missed limit, and what was not measured is worse
  /// than a target met.
  private static func gravity(_ row: TargetRow) -> Int {
    if case .failed = row.verdict { return .max }
    return row.verdict.kind == .met ? -1 : row.verdict.kind.severity
  }

  /// How far a value stands beyond its limit; below 0 of one that does not.
  private static func excess(_ row: TargetRow) -> Double {
    guard let value = row.estimate?.value else { return -.infinity }
    return switch row.target.bound {
    case .below(let limit): value - limit
    case .above(let limit): limit - value
    case .between(let low, let high): max(low - value, value - high)
    }
  }
}
