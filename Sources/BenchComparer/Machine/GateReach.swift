package import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the gate can see on a machine: the smallest change that a paired comparison would find in
/// each gate series, with 80 % power and all its rounds.
package struct GateReach: Sendable, Hashable {
  /// The gate series that chance can touch.
  package let series: Int
  /// What is found in half of them; relative.
  package let median: Double
  /// The series in which least is seen, and the smallest change found there.
  package let noisiest: SeriesKey
  package let largest: Double

  /// From a calibration: what its comparisons could have seen.
  /// - Returns: `nil` where none judged a gate series that chance can touch.
  package init?(of comparisons: [Comparison]) {
    let rows = comparisons.flatMap(\.rows).filter {
      $0.metric.isGate && $0.metric.judgement == .statistical
    }
    let found = Dictionary(grouping: rows, by: \.key).compactMapValues { rows -> Double? in
      let changes = rows.compactMap(\.answer.change?.smallestDetectable)
      return changes.isEmpty ? nil : Quantile.median(changes)
    }
    self.init(found)
  }

  /// From what was recorded: how much the processes of one session differ.
  ///
  /// By normal theory, for people and not for verdicts: a shift must reach the floor, and the test
  /// its level at the last look.
  /// - Returns: `nil` where no gate series that chance can touch has two processes.
  package init?(recorded: [SeriesData], rule: ComparisonRule) {
    let deviations = recorded.compactMap { series -> (SeriesKey, Double)? in
      guard series.metric.isGate, series.metric.judgement == .statistical,
        let logarithms = series.logarithms, logarithms.contains(where: { $0.count > 1 })
      else { return nil }
      return (series.key, WithinSessions(logarithms).deviation)
    }
    guard let last = PairedLook.standard.last else { return nil }
    let level = last.share * rule.alpha / Double(max(1, deviations.count))
    let found = deviations.map { key, deviation in
      let error = deviation * (2 / Double(last.rounds)).squareRoot()
      let threshold = max(log1p(rule.floor), -Normal.quantile(level) * error)
      return (key, expm1(threshold + DetectionScale.quantile80 * error))
    }
    self.init(Dictionary(found, uniquingKeysWith: max))
  }

  private init?(_ smallest: [SeriesKey: Double]) {
    let sorted = smallest.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let worst = sorted.last else { return nil }
    series = sorted.count
    median = Quantile.median(ofSorted: sorted.map(\.value))
    (noisiest, largest) = (worst.key, worst.value)
  }
}
