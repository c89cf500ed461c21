package import BenchModel

/// Whether the code or the machine changed, as far as what was counted can say.
package struct Cause: Sendable, Hashable {
  package let kind: Kind
  /// What differs, the likeliest to matter first.
  package let differences: [Difference]

  package enum Kind: String, Sendable, Hashable, Codable {
    /// The code does other work: instructions or allocations differ.
    case code
    /// The code does the same work, by its count of instructions.
    case machine
    /// Both sides ran the same bytes.
    case identicalCode = "identical_code"
    /// Instructions were not counted, and nothing else tells.
    case unknown
  }

  /// One counter on both sides, for one iteration.
  package struct Difference: Sendable, Hashable {
    /// The metric's name, or `cpuShare`.
    package let counter: String
    /// CPU time as a share of elapsed time, which is no metric of its own.
    package static let cpuShare = "share of CPU time"
    package let base: Double
    package let head: Double

    /// (head − base) ÷ base; `nil` where there was nothing before.
    package var relative: Double? { base == 0 ? nil : (head - base) / base }
  }

  /// `nil` counters are not known, and say nothing. What the same bytes do differently is not their
  /// doing.
  package init(base: ProcessCounters, head: ProcessCounters, isSameBinary: Bool = false) {
    let work = Self.work.compactMap { $0.difference(base, head) }
    let surroundings = Self.surroundings.compactMap { $0.difference(base, head) }
    let isCounted = base.instructions != nil && head.instructions != nil
    kind =
      isSameBinary ? .identicalCode : work.isEmpty ? (isCounted ? .machine : .unknown) : .code
    differences = work + surroundings
  }

  /// Counters of what the code asks for; the tolerance is relative.
  private static let work = [
    // Hash seeds and addresses move an exact count by less than this.
    Counter(.instructions, \.instructions, tolerance: 0.001),
    Counter(.allocations, \.allocations, tolerance: 0.001),
    Counter(.allocatedBytes, \.allocatedBytes, tolerance: 0.01),
  ]

  /// Counters of what happens to the code. They vary by themselves: less than half as much again,
  /// and less than one in an iteration, is no news.
  private static let surroundings = [
    Counter(.involuntarySwitches, \.involuntarySwitches, tolerance: 0.5, least: 1),
    Counter(.voluntarySwitches, \.voluntarySwitches, tolerance: 0.5, least: 1),
    Counter(.majorFaults, \.majorFaults, tolerance: 0.5, least: 1),
    Counter(.minorFaults, \.minorFaults, tolerance: 0.5, least: 1),
    // A tenth of the time is more than rounding and short waits.
    Counter(Difference.cpuShare, \.cpuShare, tolerance: 0.1, least: 0.1),
  ]

  private struct Counter: Sendable {
    let name: String
    let value: @Sendable (ProcessCounters) -> Double?
    let tolerance: Double
    let least: Double

    init(
      _ metric: Metric, _ value: @escaping @Sendable (ProcessCounters) -> Double?,
      tolerance: Double, least: Double = 0
    ) {
      self.init(metric.name, value, tolerance: tolerance, least: least)
    }

    init(
      _ name: String, _ value: @escaping @Sendable (ProcessCounters) -> Double?,
      tolerance: Double, least: Double = 0
    ) {
      (self.name, self.value) = (name, value)
      (self.tolerance, self.least) = (tolerance, least)
    }

    /// - Returns: `nil` where there is none worth telling.
    func difference(_ base: ProcessCounters, _ head: ProcessCounters) -> Difference? {
      guard let before = value(base), let after = value(head) else { return nil }
      let distance = abs(after - before)
      guard distance > tolerance * min(abs(before), abs(after)), distance >= least else {
        return nil
      }
      return Difference(counter: name, base: before, head: after)
    }
  }
}
