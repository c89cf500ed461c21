package import BenchModel
import BenchStatistics

/// Why a benchmark's values differ between two sides, as far as what was counted says.
package struct Explanation: Sendable {
  package let benchmark: BenchmarkKey
  /// Every series of the benchmark, judged among all series of the comparison.
  package let rows: [ComparisonRow]
  package let cause: Cause
  /// Whether there is something to explain.
  package let outcome: Outcome
  /// What else differs between the sides: machine state, toolchain.
  package let circumstances: [ComparisonWarning]

  /// What the gate series say, or where none gates all of them.
  package enum Outcome: String, Sendable, Hashable, Codable {
    /// One changed, or looks it.
    case changed
    /// None of them did, and of one nobody can tell.
    case undecided
    case unchanged
  }

  /// - Parameters:
  ///   - benchmark: one that a row of the comparison is about.
  ///   - comparison: of the sides as a whole.
  ///   - base: what BASE measured.
  ///   - head: what HEAD measured.
  ///   - machine: the class on which both are looked at.
  package init(
    of benchmark: BenchmarkKey, in comparison: Comparison, base: [SeriesData], head: [SeriesData],
    machine: MachineClass
  ) {
    func own(_ series: [SeriesData]) -> [SeriesData] {
      series.filter { $0.key.benchmark == benchmark && $0.machine == machine }
    }
    let (before, after) = (own(base), own(head))
    self.benchmark = benchmark
    rows = comparison.rows.filter { $0.key.benchmark == benchmark }
    cause = Cause(
      base: ProcessCounters(of: before), head: ProcessCounters(of: after),
      isSameBinary: Self.isSameBinary(before, after))
    let gates = rows.filter(\.metric.isGate)
    let outcomes = (gates.isEmpty ? rows : gates).map(\.outcome)
    outcome =
      outcomes.contains(.changed)
      ? .changed : outcomes.contains(.undecided) ? .undecided : .unchanged
    circumstances = comparison.warnings.filter(\.isCircumstance)
  }

  private static func isSameBinary(_ base: [SeriesData], _ head: [SeriesData]) -> Bool {
    let pairs = base.compactMap { before in
      head.first { $0.key == before.key }.map { (before, $0) }
    }
    return !pairs.isEmpty && pairs.allSatisfy { $0.ranSameCode(as: $1) }
  }
}

extension ComparisonRow {
  fileprivate var outcome: Explanation.Outcome {
    switch answer.kind.movement {
    case .worse, .better, .either: .changed
    case .same: .unchanged
    case .unknown: .undecided
    }
  }
}

extension ComparisonWarning {
  fileprivate var isCircumstance: Bool {
    switch self {
    case .stateChanged, .toolchainChanged: true
    default: false
    }
  }
}

extension ProcessCounters {
  /// Medians over the processes of one benchmark's series.
  package init(of series: [SeriesData]) {
    func median(_ metric: Metric) -> Double? {
      series.first { $0.key.metric == metric.name }.flatMap(SideSummary.init)?.value
    }
    self.init(
      instructions: median(.instructions), allocations: median(.allocations),
      allocatedBytes: median(.allocatedBytes), voluntarySwitches: median(.voluntarySwitches),
      involuntarySwitches: median(.involuntarySwitches), minorFaults: median(.minorFaults),
      majorFaults: median(.majorFaults))
    if let cpu = median(.cpu), let wall = median(.wall), wall > 0 { cpuShare = cpu / wall }
  }
}
