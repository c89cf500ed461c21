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
    /// Instructions were not counted, and nothing else tells.
    case unknown
  }

  /// One counter on both sides, for one iteration.
  package struct Difference: Sendable, Hashable {
    /// As the metric is called.
    package let counter: String
    package let base: Double
    package let head: Double

    /// (head − base) ÷ base; `nil` where there was nothing before.
    package var relative: Double? { base == 0 ? nil : (head - base) / base }
  }

  /// `nil` counters are not known, and say nothing.
  package init(base: ProcessCounters, head: ProcessCounters) {
    let work = Self.work.compactMap { $0.difference(base, head) }
    let surroundings = Self.surroundings.compactMap { $0.difference(base, head) }
    let isCounted = base.instructions != nil && head.instructions != nil
    kind = work.isEmpty ? (isCounted ? .machine : .unknown) : .code
    differences = work + surroundings
  }

  /// Counters of what the code asks for; the tolerance is relative.
  private static let work = [
    // Hash seeds and addresses move an exact count by less than this.
    Counter(.instructions, \.instructions, tolerance: 0.001),
    Counter(.allocations, \.allocations, tolerance: 0.001),
    Counter(.allocatedBytes, \.allocatedBytes, tolerance: 0.01),
  ]

  /// Counters of what happens to the code. They vary by themselves: less than half as much again, and less than one in an iteration, is
  /// no news.
  private static let surroundings = [
    Counter(.involuntarySwitches, \.involuntarySwitches, tolerance: 0.5, least: 1),
    Counter(.voluntarySwitches, \.voluntarySwitches, tolerance: 0.5, least: 1),
    Counter(.majorFaults, \.majorFaults, tolerance: 0.5, least: 1),
    Counter(.minorFaults, \.minorFaults, tolerance: 0.5, least: 1),
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
      (name, self.value) = (metric.name, value)
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
