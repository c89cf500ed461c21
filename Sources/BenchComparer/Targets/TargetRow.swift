package import BenchModel

/// What became of one target for one benchmark.
package enum TargetVerdict: Sendable, Hashable {
  /// The whole interval lies where it has to.
  case met
  /// The whole interval lies where it must not.
  case missed
  /// A process of the benchmark failed or answered wrong, which no target forgives; what it said.
  case failed(String)
  case inconclusive(Doubt)
  case notMeasured(Gap)

  /// Why a measured value decides nothing.
  package enum Doubt: Sendable, Hashable {
    /// The interval holds the limit.
    case straddles
    /// An interval needs at least two processes.
    case oneProcess
    /// A quantile this far out needs more samples a process.
    case fewSamples(needed: Int, found: Int)
    /// A ratio or slope needs values above 0.
    case notPositive
  }

  /// Why there is no value.
  package enum Gap: Sendable, Hashable {
    /// No benchmark of the run fits; the pattern.
    case noBenchmark(String)
    /// The benchmark did not report the metric.
    case noMetric(String)
    /// The parameter is none of the benchmark's, or is no number above 0.
    case noParameter(String)
    /// Over one value of a parameter there is no slope.
    case oneValue(parameter: String)
    /// All benchmarks that fit are what they would be divided by.
    case onlyItself
  }

  /// What it says, without its details. A benchmark that failed missed its target.
  package var kind: AnswerKind {
    switch self {
    case .met: .met
    case .missed, .failed: .missed
    case .inconclusive: .inconclusive
    case .notMeasured: .notMeasured
    }
  }
}

/// One answer of a check.
package struct TargetRow: Sendable, Hashable {
  package let target: Target
  /// The benchmark, without the parameter that a slope or spread runs over; `nil` where none fits.
  package let benchmark: BenchmarkKey?
  package let source: SourceLocation?
  /// What was measured, in the target's unit; `nil` where there is no value.
  package let estimate: TargetEstimate?
  package let verdict: TargetVerdict
  /// What a slope or spread stands on, by the parameter; empty for all else.
  package let points: [SweptPoint]

  package init(
    target: Target, benchmark: BenchmarkKey? = nil, source: SourceLocation? = nil,
    estimate: TargetEstimate? = nil, verdict: TargetVerdict, points: [SweptPoint] = []
  ) {
    self.target = target
    self.benchmark = benchmark
    self.source = source
    self.estimate = estimate
    self.verdict = verdict
    self.points = points
  }
}

/// One value of a parameter and what the processes measured at it.
package struct SweptPoint: Sendable, Hashable {
  package let parameter: Double
  /// One value for each process, in the metric's unit.
  package let numbers: [Double]

  package init(parameter: Double, numbers: [Double]) {
    self.parameter = parameter
    self.numbers = numbers
  }
}

/// What a check found: a row for every target and benchmark, in the order of the targets.
package struct TargetCheck: Sendable, Hashable {
  package let rows: [TargetRow]

  package init(rows: [TargetRow]) { self.rows = rows }

  package var met: Int { count(.met) }
  package var missed: Int { count(.missed) }
  package var undecided: Int { count(.inconclusive) }
  package var unmeasured: Int { count(.notMeasured) }

  private func count(_ kind: AnswerKind) -> Int { rows.count { $0.verdict.kind == kind } }
}

/// A target that no run could be judged by.
package enum TargetError: Error, Sendable, Hashable {
  /// The metric is in another unit than the bound.
  case wrongUnit(target: String, metric: String, found: Unit, wanted: Unit)
}

extension TargetError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .wrongUnit(let target, let metric, let found, let wanted):
      "the target '\(target)' is in \(wanted), and its metric '\(metric)' in \(found): give the "
        + "limit in that unit."
    }
  }
}
