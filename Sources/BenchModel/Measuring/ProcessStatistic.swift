/// One process as the comparer sees it: a number for one series.
package struct ProcessStatistic: Sendable, Hashable {
  /// The value of `MeasurementSummary.statistic(_:)`, in the metric's unit.
  package let value: Double
  /// The number of samples after warm-up that the value stands for.
  package let samples: Int
  package let binaryHash: String
  /// The position in the session, from 0: paired sessions are judged in this order.
  package let order: Int

  package init(value: Double, samples: Int, binaryHash: String = "", order: Int = 0) {
    self.value = value
    self.samples = samples
    self.binaryHash = binaryHash
    self.order = order
  }

  /// The quartile of a process's samples after warm-up that stands for the process, whether its
  /// metric is judged by statistics or exactly.
  ///
  /// It is the quartile on the better side, because noise only ever adds work: half of the way from
  /// the median to the best sample is less disturbed than the median, and steadier than the best.
  package enum Quartile: Sendable {
    case lower, upper

    package init(_ direction: Direction) {
      switch direction {
      case .lower: self = .lower
      case .higher: self = .upper
      }
    }
  }
}

extension MeasurementSummary {
  /// The value that stands for the process in every comparison, history and table of a series.
  ///
  /// A database column of the same meaning is chosen by the same `ProcessStatistic.Quartile`.
  package func statistic(_ direction: Direction) -> Double {
    switch ProcessStatistic.Quartile(direction) {
    case .lower: lowerQuartile
    case .upper: upperQuartile
    }
  }
}
