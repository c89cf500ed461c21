import BenchComparer

/// How much of what there is was judged, and how well, in one line.
enum CoverageText {
  /// `judged 41 of 47 – 3 new, 2 on another machine class, 1 failed. Smallest change this could
  /// see: 1.1–3.0 %.`
  static func text(_ comparison: Comparison, _ setting: ComparisonSetting) -> String {
    [coverage(comparison.counts), smallestDetectable(comparison.counts), setting.falseAlarms?.text]
      .compactMap(\.self).joined(separator: " ")
  }

  static func coverage(_ counts: ComparisonCounts) -> String {
    let reasons = NotJudgedText.list(counts.notJudged)
    return "judged \(Digits.grouped(counts.judged)) of \(Digits.grouped(counts.total))"
      + (reasons.isEmpty ? "." : " – \(reasons).")
  }

  private static func smallestDetectable(_ counts: ComparisonCounts) -> String? {
    counts.smallestDetectable.map { "Smallest change this could see: \(smallest($0))." }
  }

  /// Beyond ten times the figure says only that the row could have seen nothing.
  private static func smallest(_ range: ClosedRange<Double>) -> String {
    range.upperBound <= 10
      ? Percentage.range(range.lowerBound, range.upperBound)
      : "\(Percentage.text(min(range.lowerBound, 10))) to more than 1,000 %"
  }
}
