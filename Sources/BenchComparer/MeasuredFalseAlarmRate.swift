import BenchStatistics

/// How often the gate called unchanged code changed, as `calibrate` measured it.
package struct MeasuredFalseAlarmRate: Sendable, Hashable {
  package let alarms: Int
  package let judged: Int

  /// `judged`: not negative; `alarms`: among them.
  package init(alarms: Int, judged: Int) {
    precondition(judged >= 0 && (0...judged).contains(alarms), "alarms must be among the judged")
    self.alarms = alarms
    self.judged = judged
  }

  /// Counts comparisons of a revision with itself, made with `judgeIdentical`: every judged gate
  /// series could have raised an alarm, and every one called slower did.
  package init(_ comparisons: some Sequence<Comparison>) {
    let counts = comparisons.map(\.counts)
    self.init(
      alarms: counts.reduce(0) { $0 + $1[.slower] },
      judged: counts.reduce(0) { $0 + $1.judged - $1[.identicalCode] })
  }

  package static func + (left: Self, right: Self) -> Self {
    Self(alarms: left.alarms + right.alarms, judged: left.judged + right.judged)
  }

  /// A fraction; `nil` where nothing was judged.
  package var rate: Double? { judged > 0 ? Double(alarms) / Double(judged) : nil }

  /// The rate is under this with so much confidence, by Clopper and Pearson; `nil` where nothing
  /// was judged.
  package func upperBound(confidence: Double = 0.95) -> Double? {
    guard judged > 0 else { return nil }
    return ClopperPearson.upperBound(events: alarms, trials: judged, confidence: confidence)
  }
}
