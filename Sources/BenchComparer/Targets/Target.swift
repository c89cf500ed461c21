package import BenchModel

/// What a project asks of its benchmarks, whatever they were before: data, judged from a stored
/// run.
package struct Target: Sendable, Hashable {
  /// What is asked, in the project's words.
  package let name: String
  /// The benchmarks that are asked; each that fits is judged by itself.
  package let benchmark: BenchmarkPattern
  /// The metric's name.
  package let metric: String
  package let statistic: Statistic
  package let measure: Measure
  package let bound: Bound
  /// The unit of the bound; `nil` where the measure has none.
  package let unit: Unit?

  package init(
    name: String, benchmark: BenchmarkPattern, metric: String, statistic: Statistic = .median,
    measure: Measure = .value, bound: Bound, unit: Unit?
  ) {
    self.name = name
    self.benchmark = benchmark
    self.metric = metric
    self.statistic = statistic
    self.measure = measure
    self.bound = bound
    self.unit = unit
  }

  /// The number that one process gives.
  package enum Statistic: String, Sendable, Hashable, CaseIterable {
    case median, p90, p99
    /// The largest sample of all processes: a fact of the run, which has no interval.
    case maximum = "max"
  }

  /// What is made of the numbers of processes.
  package enum Measure: Sendable, Hashable {
    /// The metric itself.
    case value
    /// Divided by a parameter's value: time a record.
    case per(parameter: String)
    /// A parameter's value divided by seconds: records a second.
    case rate(parameter: String)
    /// Divided by another benchmark's of the same run. Its stars stand for what those of the first
    /// stand for.
    case ratio(over: BenchmarkPattern)
    /// The slope of the logarithm over the logarithm of a parameter: 1 where twice as much takes
    /// twice as long.
    case slope(parameter: String)
    /// The largest metric divided by a parameter's value, over the smallest: 1 where every record
    /// takes as long, however many there are.
    case spread(parameter: String)

    /// Whether a row stands on one benchmark, or on all values of a parameter.
    package var sweptParameter: String? {
      switch self {
      case .slope(let parameter), .spread(let parameter): parameter
      case .value, .per, .rate, .ratio: nil
      }
    }
  }

  /// The range in which the measured value has to lie.
  package enum Bound: Sendable, Hashable {
    case below(Double)
    case above(Double)
    case between(Double, Double)

    /// Whether the whole interval lies where it has to (`true`), where it must not (`false`), or
    /// neither.
    package func holds(_ interval: TargetEstimate) -> Bool? {
      switch self {
      case .below(let limit):
        interval.upper < limit ? true : interval.lower >= limit ? false : nil
      case .above(let limit):
        interval.lower >= limit ? true : interval.upper < limit ? false : nil
      case .between(let low, let high):
        if interval.lower >= low, interval.upper <= high {
          true
        } else {
          interval.upper < low || interval.lower > high ? false : nil
        }
      }
    }
  }
}
