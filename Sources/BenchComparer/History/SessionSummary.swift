package import BenchModel
import BenchStatistics

/// One session of a series, summarised over its processes; all values are in the metric's unit.
package struct SessionSummary: Sendable, Hashable {
  /// The commit's index in `CommitLine.commits`.
  package let commit: Int
  package let location: MeasuredSession.Location
  /// One statistic a process, in the order in which they ran.
  package let processes: [Double]
  package let median: Double
  /// A 95 % interval of the median; the median itself where there is one process.
  package let interval: ClosedRange<Double>
  /// Half of the processes lie within.
  package let quartiles: ClosedRange<Double>

  package init(
    commit: Int, location: MeasuredSession.Location, processes: [Double], median: Double,
    interval: ClosedRange<Double>, quartiles: ClosedRange<Double>
  ) {
    self.commit = commit
    self.location = location
    self.processes = processes
    self.median = median
    self.interval = interval
    self.quartiles = quartiles
  }
}

extension SessionSummary {
  init(_ session: MeasuredSession) {
    let sorted = session.values.sorted()
    self.init(
      commit: session.commit, location: session.location, processes: session.values,
      median: Quantile.median(ofSorted: sorted), interval: Self.medianInterval(sorted),
      quartiles: Quantile.type7(0.25, ofSorted: sorted)...Quantile.type7(0.75, ofSorted: sorted))
  }

  /// Between the order statistics that enclose the median with a chance of at least 95 %: how many
  /// of n values lie below it is binomial. Five and fewer can't be that sure; theirs is the whole
  /// range.
  private static func medianInterval(_ sorted: [Double]) -> ClosedRange<Double> {
    let count = sorted.count
    var chance = 1.0
    for _ in 0..<count { chance /= 2 }
    var (outside, below) = (chance, 0)
    while outside <= 0.025, below < count / 2 {
      below += 1
      chance *= Double(count - below + 1) / Double(below)
      outside += chance
    }
    let trim = max(below - 1, 0)
    return sorted[trim]...sorted[count - 1 - trim]
  }
}
