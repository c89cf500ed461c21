import BenchModel

/// How many gate series there were and what became of them.
package struct ComparisonCounts: Sendable, Hashable {
  /// How many gate series got each answer; each series is counted once, and those whose change was
  /// accepted only under `.accepted`.
  private let byKind: [AnswerKind: Int]
  /// Series that are shown and never gate.
  package let shown: Int
  /// The range of the smallest detectable change over the judged series, relative; `nil` where none
  /// was judged statistically.
  package let smallestDetectable: ClosedRange<Double>?

  package init(
    _ byKind: [AnswerKind: Int], shown: Int = 0, smallestDetectable: ClosedRange<Double>? = nil
  ) {
    self.byKind = byKind.filter { $0.value > 0 }
    self.shown = shown
    self.smallestDetectable = smallestDetectable
  }

  /// How many gate series got this answer: `counts[.slower]`.
  package subscript(kind: AnswerKind) -> Int { byKind[kind] ?? 0 }

  package var total: Int { byKind.values.reduce(0, +) }
  package var judged: Int { sum(where: \.isJudged) }
  /// Judged, and not decided: those that cannot be told, and those that only look changed.
  package var open: Int { sum { $0.effect == .open } }
  /// How many series were not judged, by the reason.
  package var notJudged: [AnswerKind: Int] { byKind.filter { !$0.key.isJudged } }

  private func sum(where isCounted: (AnswerKind) -> Bool) -> Int {
    byKind.reduce(0) { isCounted($1.key) ? $0 + $1.value : $0 }
  }
}

extension ComparisonCounts {
  /// Counts the gate series among `rows`, and how many others are shown.
  package init(of rows: [ComparisonRow]) {
    let gates = rows.filter(\.metric.isGate)
    let detectable = gates.compactMap(\.smallestDetectable)
    self.init(
      Dictionary(gates.map { ($0.kind, 1) }, uniquingKeysWith: +), shown: rows.count - gates.count,
      smallestDetectable: detectable.min().flatMap { low in detectable.max().map { low...$0 } })
  }
}

extension ComparisonRow {
  /// `nil` for rows that were not judged statistically, could not have seen any change, or ran
  /// identical code, which is not judged at all.
  fileprivate var smallestDetectable: Double? {
    guard metric.judgement == .statistical, answer.kind != .identicalCode else { return nil }
    return answer.change?.smallestDetectable
  }
}
