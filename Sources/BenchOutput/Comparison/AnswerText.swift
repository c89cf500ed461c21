package import BenchComparer
package import BenchModel

/// A row's answer in words, the same in every format.
package enum AnswerText {
  /// A row's answer with what was accepted of it: `accepted until 2026-12-31: slower by 6.1–9.2
  /// %`.
  package static func text(_ row: ComparisonRow) -> String {
    let answer = text(row.answer, of: row.metric)
    return row.acceptance.map { AcceptanceText.answer(answer, $0) } ?? answer
  }

  /// The words depend on what `metric` is: a time or a rate, or an amount.
  package static func text(_ answer: ComparisonRow.Answer, of metric: Metric) -> String {
    switch answer {
    case .judged(let verdict): text(verdict, of: metric)
    case .notJudged(let reason): text(reason)
    }
  }

  /// `slower by 7.6 % (6.1–9.2)`
  package static func text(_ verdict: Verdict, of metric: Metric) -> String {
    let words = ChangeWords(metric)
    return switch verdict {
    case .slower(let change): words.worse(change)
    case .faster(let change): words.better(change)
    case .suspectedSlower(let change, let more): "\(words.looksWorse(change)): \(wouldDecide(more))"
    case .suspectedFaster(let change, let more):
      "\(words.looksBetter(change)): \(wouldDecide(more))"
    case .noChange(_, let bound): "\(verdict.kind.word) larger than \(Percentage.text(bound))"
    case .inconclusive(let change, let more): inconclusive(change, more, words)
    case .layoutOrMachine(let change):
      "\(verdict.kind.word): \(estimate(change)), and the instructions are the same"
    case .codeOrLayout(let change, let isCounted):
      "\(verdict.kind.word): \(estimate(change)), and "
        + (isCounted ? "the instructions do not bear it out" : "no instructions were counted")
    case .identicalCode: verdict.kind.word
    }
  }

  package static func text(_ reason: Reason) -> String {
    switch reason {
    case .new, .gone: reason.kind.word
    case .failed(let side, let descriptions): failed(side, descriptions)
    case .otherMachine(let differences): "not comparable: \(English.list(differences))"
    case .versionChanged(let base, let head):
      "not comparable: the benchmark's version changed (\(base) against \(head))"
    case .notMeasured: "not measured: the session ended before its first round"
    case .tooShort(let side):
      "not judged: shorter than the clock can tell \(on(side)); measure more work at a time"
    case .summaryOnly: "not comparable: only a summary was imported, without samples"
    case .oneProcess(let side): "not judged: one process \(on(side)); at least two are needed"
    case .otherUnit(let base, let head): "not comparable: unit differs (\(base) against \(head))"
    case .otherDuration(let base, let head):
      "not comparable: processes sampled for \(durations(base)) in the base, \(durations(head)) in "
        + "the head; record both with one --profile"
    case .noLongerGates: "not judged: it gates in the base, and no longer in the head"
    }
  }

  private static func durations(_ seconds: [Double]) -> String {
    English.list(seconds.map { Quantity($0 * 1e9, .nanoseconds).description })
  }

  private static func estimate(_ change: Change) -> String {
    RelativeSize.estimate(change.estimate, change.lower, change.upper)
  }

  /// If `more` is `nil`, more processes of stored sessions decide nothing: sessions differ by more
  /// than the change, or by an unknown amount where values are zero or negative. `--paired`
  /// compares within rounds and need not know it.
  private static func wouldDecide(_ more: Int?) -> String {
    more.map { "about \(English.count($0, "more process", "more processes")) would decide" }
      ?? "--paired may decide"
  }

  private static func inconclusive(
    _ change: Change, _ more: Int?, _ words: ChangeWords
  ) -> String {
    let allowed = change.zero.map(words.text) ?? allowed(change)
    let need = more.map { "; about \(English.count($0, "more process", "more processes"))" } ?? ""
    return "\(AnswerKind.inconclusive.word): \(allowed)\(need)"
  }

  /// `+1.2 % (−2.4 to +5.1)`
  private static func allowed(_ change: Change) -> String {
    let half = (change.upper - change.lower) / 2
    guard half <= Self.anything else { return "any change is possible" }
    return estimate(change)
  }

  /// Of a series that may be eleven times as slow, or as it was, nothing is known.
  private static let anything = 10.0

  /// The first description stands for all; people find the rest with `show`.
  private static func failed(_ side: Reason.Side, _ descriptions: [String]) -> String {
    let position = side == .head ? "" : " \(on(side))"
    let failed = AnswerKind.failed.word + position
    guard let first = descriptions.first else { return failed }
    let others = descriptions.count - 1
    return "\(failed): \(first)" + (others > 0 ? " (and \(others) more)" : "")
  }

  private static func on(_ side: Reason.Side) -> String {
    switch side {
    case .base: "in the base"
    case .head: "in the head"
    case .both: "on both sides"
    }
  }
}
