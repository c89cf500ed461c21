import BenchModel

extension ComparisonRow {
  /// Gate series first, worst first, then the series that are only shown; ties in the order of their names.
  static func isWorse(_ left: ComparisonRow, than right: ComparisonRow) -> Bool {
    if left.metric.isGate != right.metric.isGate { return left.metric.isGate }
    if left.answer.rank != right.answer.rank { return left.answer.rank < right.answer.rank }
    let estimates = (left.answer.change?.estimate ?? 0, right.answer.change?.estimate ?? 0)
    return estimates.0 != estimates.1 ? estimates.0 > estimates.1 : left.key < right.key
  }
}

extension ComparisonRow.Answer {
  /// From the worst news to the best, then what is no news.
  fileprivate var rank: Int {
    guard case .judged(let verdict) = self else { return 7 }
    return switch verdict {
    case .slower: 0
    case .looksSlower: 1
    case .cannotTell: 2
    case .looksFaster: 3
    case .faster: 4
    case .noChange: 5
    case .identicalCode: 6
    }
  }

  /// The change it speaks of.
  package var change: Change? {
    guard case .judged(let verdict) = self else { return nil }
    return switch verdict {
    case .slower(let change), .faster(let change): change
    case .looksSlower(let change, _), .looksFaster(let change, _): change
    case .noChange(let change, _), .cannotTell(let change, _): change
    case .identicalCode(let change): change
    }
  }
}
