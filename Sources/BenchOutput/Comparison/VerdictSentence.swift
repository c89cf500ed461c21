package import BenchComparer
import BenchModel

/// The first thing a reader wants: the whole comparison in one sentence.
package enum VerdictSentence {
  /// `1 of 34 series is slower.` · `No series is slower, 2 are faster; 3 look slower.` · `Nothing
  /// judged: 2 new.`
  ///
  /// 'Worse' and 'better' where not all that changed are durations or rates, or not all that was
  /// judged if nothing did.
  package static func text(_ comparison: Comparison) -> String {
    text(comparison.counts, Words(for: comparison))
  }

  /// How a change is called in a sentence about several series.
  package struct Words: Sendable {
    let worse: String
    let better: String

    package static let pace = Words(worse: "slower", better: "faster")
    package static let amount = Words(worse: "worse", better: "better")
  }

  package static func text(_ counts: ComparisonCounts, _ words: Words = .pace) -> String {
    guard counts.judged > 0 else { return nothing(counts) }
    guard counts[.inconclusive] < counts.judged else {
      return AnswerKind.inconclusive.word.capitalisedFirst + ": "
        + (counts.judged == 1
          ? "the only judged series is undecided."
          : "all \(Digits.grouped(counts.judged)) judged series are undecided.")
    }
    guard counts[.identicalCode] < counts.judged else {
      // No more than that: what else they read may differ.
      return "Identical code: the executables, and the files that `reads` names, are the same "
        + "byte for byte."
    }
    return ([decided(counts, words)] + open(counts, words)).joined(separator: "; ") + "."
  }

  package static func role(_ counts: ComparisonCounts) -> TextRole {
    if counts[.slower] > 0 { return .bad }
    let isOpen = counts.judged == 0 || counts[.suspectedSlower] + counts[.inconclusive] > 0
    return isOpen ? .warning : .good
  }

  private static func nothing(_ counts: ComparisonCounts) -> String {
    let reasons = NotJudgedText.list(counts.notJudged)
    return "Nothing judged: \(reasons.isEmpty ? "there is no series to compare" : reasons)."
  }

  private static func decided(_ counts: ComparisonCounts, _ words: Words) -> String {
    let worse =
      counts[.slower] == 0
      ? "No series is \(words.worse)"
      : "\(Digits.grouped(counts[.slower])) of \(Digits.grouped(counts.judged)) series "
        + (counts[.slower] == 1 ? "is" : "are") + " \(words.worse)"
    guard counts[.faster] > 0 else { return worse }
    return
      "\(worse), \(Digits.grouped(counts[.faster])) \(counts[.faster] == 1 ? "is" : "are") \(words.better)"
  }

  private static func open(_ counts: ComparisonCounts, _ words: Words) -> [String] {
    [
      look(counts[.suspectedSlower], words.worse), look(counts[.suspectedFaster], words.better),
      counts[.layoutOrMachine] == 0
        ? nil
        : "\(Digits.grouped(counts[.layoutOrMachine])) moved by \(AnswerKind.layoutOrMachine.word)",
      counts[.codeOrLayout] == 0
        ? nil
        : "\(Digits.grouped(counts[.codeOrLayout])) moved by \(AnswerKind.codeOrLayout.word)",
      counts[.inconclusive] == 0
        ? nil : "\(Digits.grouped(counts[.inconclusive])) cannot be decided",
      counts[.accepted] == 0
        ? nil : "\(Digits.grouped(counts[.accepted])) \(words.worse) and accepted",
    ].compactMap(\.self)
  }

  private static func look(_ count: Int, _ how: String) -> String? {
    count == 0 ? nil : "\(Digits.grouped(count)) \(count == 1 ? "looks" : "look") \(how)"
  }
}

/// Why series were not judged, counted.
package enum NotJudgedText {
  /// `2 new, 1 on another machine class`: the reasons in the order of their counts, then of their
  /// names.
  package static func list(_ counts: [AnswerKind: Int]) -> String {
    counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { "\(Digits.grouped($0.value)) \($0.key.word)" }
      .joined(separator: ", ")
  }
}

extension VerdictSentence.Words {
  /// The words that fit the series that changed, or if none did those that were judged.
  init(for comparison: Comparison) {
    let judged = comparison.rows.filter { $0.metric.isGate && $0.answer.kind.isJudged }
    let changed = judged.filter(\.isChanged)
    self = (changed.isEmpty ? judged : changed).allSatisfy(\.metric.isPace) ? .pace : .amount
  }
}
