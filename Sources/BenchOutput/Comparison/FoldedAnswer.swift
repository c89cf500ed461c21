import BenchComparer

/// An answer that several rows share and that one line gives for all of them; cases are in the
/// order in which they are read.
enum FoldedAnswer: Hashable {
  case failed
  case inconclusive
  /// The reason in words: only rows with the same one are folded together.
  case notJudged(String)
  case new, gone
  case unchanged
  case identical

  init(_ answer: ComparisonRow.Answer) {
    self =
      switch answer {
      case .judged(.inconclusive): .inconclusive
      case .judged(.identicalCode): .identical
      case .judged: .unchanged
      case .notJudged(.failed): .failed
      case .notJudged(.new): .new
      case .notJudged(.gone): .gone
      case .notJudged(let reason): .notJudged(AnswerText.text(reason))
      }
  }

  /// `rows` by kind, in the order in which they are read.
  static func kinds(of rows: [ComparisonRow]) -> [(kind: FoldedAnswer, rows: [ComparisonRow])] {
    Dictionary(grouping: rows) { FoldedAnswer($0.answer) }
      .sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  /// What needs no reader's eye takes one line however little there is of it.
  var isAlwaysFolded: Bool { self == .unchanged || self == .identical }

  /// The coverage line says all there is to say.
  var isOnlyCounted: Bool { self == .new || self == .gone }

  /// What is said of all `rows` together, after their number.
  func text(_ rows: [ComparisonRow]) -> String {
    switch self {
    case .failed: AnswerKind.failed.word
    case .inconclusive: AnswerKind.inconclusive.word + spread(rows)
    case .notJudged(let reason): reason
    case .new: AnswerKind.new.word
    case .gone: AnswerKind.gone.word
    case .unchanged: "unchanged" + bound(rows)
    case .identical: AnswerKind.identicalCode.word
    }
  }

  private func bound(_ rows: [ComparisonRow]) -> String {
    let bounds = rows.compactMap { row -> Double? in
      if case .judged(.noChange(_, let bound)) = row.answer { bound } else { nil }
    }
    return bounds.max().map { " (no change larger than \(Percentage.text($0)))" } ?? ""
  }

  private func spread(_ rows: [ComparisonRow]) -> String {
    let halves = rows.compactMap { row -> Double? in
      if case .judged(.inconclusive(let change, _)) = row.answer, change.zero == nil {
        max((change.upper - change.lower) / 2, abs(change.estimate))
      } else {
        nil
      }
    }
    guard let least = halves.min(), let most = halves.max(), most <= 10 else { return "" }
    return " (±\(Percentage.range(least, most)))"
  }
}

extension FoldedAnswer: Comparable {
  static func < (left: FoldedAnswer, right: FoldedAnswer) -> Bool {
    (left.rank, left.text([])) < (right.rank, right.text([]))
  }

  private var rank: Int {
    switch self {
    case .failed: 0
    case .inconclusive: 1
    case .notJudged: 2
    case .new: 3
    case .gone: 4
    case .unchanged: 5
    case .identical: 6
    }
  }
}
