import BenchModel

extension ComparisonRow {
  /// Gate series first, worst first, then the series that are only shown; ties in the order of
  /// their names.
  static func isWorse(_ left: ComparisonRow, than right: ComparisonRow) -> Bool {
    if left.metric.isGate != right.metric.isGate { return left.metric.isGate }
    if left.rank != right.rank { return left.rank < right.rank }
    let estimates = (left.answer.change?.estimate ?? 0, right.answer.change?.estimate ?? 0)
    return estimates.0 != estimates.1 ? estimates.0 > estimates.1 : left.key < right.key
  }

  /// What was accepted comes after what may still be news.
  private var rank: Int { isAccepted ? ComparisonRow.Answer.acceptedRank : answer.rank }
}

extension ComparisonRow.Answer {
  /// From the worst news to the best, then what is no news.
  fileprivate var rank: Int {
    guard case .judged(let verdict) = self else { return 9 }
    return switch verdict {
    case .slower: 0
    case .suspectedSlower: 1
    case .layoutOrMachine: 2
    case .inconclusive: 3
    case .suspectedFaster: 5
    case .faster: 6
    case .noChange: 7
    case .identicalCode: 8
    }
  }

  fileprivate static let acceptedRank = 4

  /// The change it speaks of.
  package var change: Change? {
    if case .judged(let verdict) = self { verdict.change } else { nil }
  }
}

extension Verdict {
  /// The change it speaks of.
  var change: Change? {
    switch self {
    case .slower(let change), .faster(let change), .layoutOrMachine(let change): change
    case .suspectedSlower(let change, _), .suspectedFaster(let change, _): change
    case .noChange(let change, _), .inconclusive(let change, _): change
    case .identicalCode(let change): change
    }
  }
}
