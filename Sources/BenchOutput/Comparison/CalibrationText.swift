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
