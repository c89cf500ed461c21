import BenchComparer

/// How much of what there is was judged, and how well, in one line.
enum CoverageText {
  /// `decided 41 of 47 – 3 new, 2 on another machine class, 1 failed. Smallest change this could
  /// see: 1.1–3.0 %.`
  static func text(_ comparison: Comparison, _ setting: ComparisonSetting) -> String {
    [coverage(comparison.counts), smallestDetectable(comparison.counts), setting.falseAlarms?.text]
      .compactMap(\.self).joined(separator: " ")
  }

  /// `decided 22 of 30 – 6 undecided, 2 new.`
  static func coverage(_ counts: ComparisonCounts) -> String {
    let reasons = [
      counts.open == 0 ? "" : "\(Digits.grouped(counts.open)) undecided",
      NotJudgedText.list(counts.notJudged),
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    return decided(counts) + (reasons.isEmpty ? "." : " – \(reasons).")
  }

  /// `decided 22 of 30`
  static func decided(_ counts: ComparisonCounts) -> String {
    let count = Digits.grouped(counts.judged - counts.open)
    return "decided \(count) of \(Digits.grouped(counts.total))"
  }

  private static func smallestDetectable(_ counts: ComparisonCounts) -> String? {
    counts.smallestDetectable.map { "Smallest change this could see: \(smallest($0))." }
  }

  /// Beyond ten times the number says only that the row could have seen nothing.
  private static func smallest(_ range: ClosedRange<Double>) -> String {
    range.upperBound <= 10
      ? Percentage.range(range.lowerBound, range.upperBound)
      : "\(Percentage.text(min(range.lowerBound, 10))) to more than 1,000 %"
  }
}

/// What `benchdb calibrate` says when it is done.
package enum CalibrationText {
  /// `commit` was compared with itself in so many `comparisons`, which came to `now`; `all` is what
  /// every calibration of this machine class came to.
  package static func text(
    commit: String, comparisons: Int, now: ComparisonSetting.FalseAlarmRate,
    all: ComparisonSetting.FalseAlarmRate
  ) -> String {
    let made = "compared \(commit) with itself \(comparisons == 1 ? "once" : times(comparisons)):"
    let alarms = English.count(now.alarms, "false alarm")
    return """
      \(made) \(alarms) in \(Digits.grouped(now.judged)) judged series
      \(all.text)

      """
  }

  private static func times(_ count: Int) -> String { "\(Digits.grouped(count)) times" }
}

extension ComparisonSetting.FalseAlarmRate {
  /// `Measured false-alarm rate here: 0 of 600 series, under 0.5 % (95 % confidence).`
  var text: String {
    let count = "\(Digits.grouped(alarms)) of \(Digits.grouped(judged)) series"
    let bound = upperBound.map { ", under \(Percentage.text($0)) (95 % confidence)" } ?? ""
    return "Measured false-alarm rate here: \(count)\(bound)."
  }
}
