package import BenchComparer
import BenchModel

/// The first thing a reader wants: the whole comparison in one sentence.
package enum VerdictSentence {
  /// `1 of 34 series is slower.` · `No series is slower, 2 are faster; 3 look slower.` · `Nothing judged: 2 new.`
  ///
  /// 'Worse' and 'better' where not all that changed are durations or rates, or not all that was judged if nothing did.
  package static func text(_ comparison: Comparison) -> String {
    text(comparison.census, Words(for: comparison))
  }

  /// How a change is called in a sentence about several series.
  package struct Words: Sendable {
    let worse: String
    let better: String

    package static let pace = Words(worse: "slower", better: "faster")
    package static let amount = Words(worse: "worse", better: "better")
  }

  package static func text(_ census: Census, _ words: Words = .pace) -> String {
    guard census.judged > 0 else { return nothing(census) }
    guard census.undecided < census.judged else {
      return "Cannot tell: "
        + (census.judged == 1
          ? "the only judged series is undecided."
          : "all \(Digits.grouped(census.judged)) judged series are undecided.")
    }
    guard census.identical < census.judged else {
      // No more than that: what else they read may differ.
      return "Identical code: the executables, and the files that `reads` names, are the same "
        + "byte for byte."
    }
    return ([decided(census, words)] + open(census, words)).joined(separator: "; ") + "."
  }

  package static func role(_ census: Census) -> TextRole {
    if census.slower > 0 { return .bad }
    let isOpen = census.judged == 0 || census.looksSlower + census.undecided > 0
    return isOpen ? .warning : .good
  }

  private static func nothing(_ census: Census) -> String {
    let reasons = NotJudgedText.list(census.notJudged)
    return "Nothing judged: \(reasons.isEmpty ? "there is no series to compare" : reasons)."
  }

  private static func decided(_ census: Census, _ words: Words) -> String {
    let worse =
      census.slower == 0
      ? "No series is \(words.worse)"
      : "\(Digits.grouped(census.slower)) of \(Digits.grouped(census.judged)) series "
        + (census.slower == 1 ? "is" : "are") + " \(words.worse)"
    guard census.faster > 0 else { return worse }
    return
      "\(worse), \(Digits.grouped(census.faster)) \(census.faster == 1 ? "is" : "are") \(words.better)"
  }

  private static func open(_ census: Census, _ words: Words) -> [String] {
    [
      look(census.looksSlower, words.worse), look(census.looksFaster, words.better),
      census.layoutOrMachine == 0
        ? nil
        : "\(Digits.grouped(census.layoutOrMachine)) moved by layout or machine",
      census.undecided == 0 ? nil : "\(Digits.grouped(census.undecided)) cannot be decided",
      census.accepted == 0
        ? nil : "\(Digits.grouped(census.accepted)) \(words.worse) and accepted",
    ].compactMap(\.self)
  }

  private static func look(_ count: Int, _ how: String) -> String? {
    count == 0 ? nil : "\(Digits.grouped(count)) \(count == 1 ? "looks" : "look") \(how)"
  }
}

/// Why series were not judged, counted.
package enum NotJudgedText {
  /// `2 new, 1 on another machine class`: the reasons in the order of their counts, then of their names.
  package static func list(_ counts: [String: Int]) -> String {
    counts.filter { $0.value > 0 }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(Digits.grouped($0.value)) \(phrases[$0.key] ?? $0.key)" }
      .joined(separator: ", ")
  }

  /// The census' short names where they don't read well after a number.
  private static let phrases = [
    "other machine": "on another machine class", "version changed": "of another version",
    "summary only": "with summaries only", "one process": "with one process",
    "other unit": "with another unit",
  ]
}

extension VerdictSentence.Words {
  /// Those that fit what changed, or where nothing did what was judged.
  init(for comparison: Comparison) {
    let judged = comparison.rows.filter { $0.metric.isGate && $0.answer.isJudged }
    let changed = judged.filter(\.isChanged)
    self = (changed.isEmpty ? judged : changed).allSatisfy(\.metric.isPace) ? .pace : .amount
  }
}
