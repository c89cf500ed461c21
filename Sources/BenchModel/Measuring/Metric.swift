/// Whether lower or higher values of a metric are better.
package enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
  /// Lower values are better: durations, bytes, counts.
  case lower
  /// Higher values are better: records a second.
  case higher
}

/// The unit in which a metric's values are stored.
///
/// Durations are always nanoseconds and sizes always bytes once they are inside benchdb; readers of
/// other formats convert.
package struct Unit: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  package var description: String { rawValue }

  package static let nanoseconds = Unit(rawValue: "ns")
  package static let bytes = Unit(rawValue: "B")
  package static let count = Unit(rawValue: "count")
  package static let perSecond = Unit(rawValue: "1/s")

  /// Durations, sizes, counts and rates; other units are the benchmark's own business.
  package var isNeverNegative: Bool {
    [.nanoseconds, .bytes, .count, .perSecond].contains(self)
  }
}

/// The way in which the difference of two sides is judged.
package enum Judgement: Sendable, Hashable {
  /// Confidence intervals over fresh processes decide, because the metric varies between them.
  case statistical
  /// The difference itself decides, because the metric does not vary: any relative difference above
  /// `tolerance` counts (0.01 is one per cent).
  case exact(tolerance: Double)
}

/// A metric: a name, a unit, a direction, and whether a commit can fail on it.
package struct Metric: Sendable, Hashable {
  /// Lower-case words as they appear after the dot of a series, `wall` or `allocated bytes`.
  package let name: String
  package let unit: Unit
  package let direction: Direction
  /// A gate metric is judged; the others are shown beside it.
  package let isGate: Bool
  package let judgement: Judgement

  package init(
    name: String, unit: Unit, direction: Direction = .lower, isGate: Bool = false,
    judgement: Judgement = .statistical
  ) {
    self.name = name
    self.unit = unit
    self.direction = direction
    self.isGate = isGate
    self.judgement = judgement
  }

  /// The tolerance of a metric that is judged exactly; `nil` for one judged statistically.
  package var tolerance: Double? {
    if case .exact(let tolerance) = judgement { tolerance } else { nil }
  }

  /// The same metric with another role.
  package func gated(_ isGate: Bool, judgement: Judgement? = nil) -> Metric {
    Metric(
      name: name, unit: unit, direction: direction, isGate: isGate,
      judgement: judgement ?? self.judgement)
  }
}

/// The JSON is `{"name":"wall","unit":"ns","direction":"lower","gate":true,"exact":0.01}`; all keys
/// but `name` and `unit` may be left out. `exact` is the tolerance of a metric judged exactly.
///
/// Without `direction` the unit decides. Where it does not say which values are better, nobody can
/// tell a gain from a loss, and the metric is no gate metric.
extension Metric: Codable {
  private enum Key: String, CodingKey { case name, unit, direction, gate, exact }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let unit = try values.decode(Unit.self, forKey: .unit)
    let direction =
      try values.decodeIfPresent(Direction.self, forKey: .direction) ?? unit.betterDirection
    let isGate = try values.decodeIfPresent(Bool.self, forKey: .gate) ?? false
    self.init(
      name: try values.decode(String.self, forKey: .name), unit: unit,
      direction: direction ?? .lower, isGate: isGate && direction != nil,
      judgement: try values.decodeIfPresent(Double.self, forKey: .exact)
        .map { .exact(tolerance: $0) } ?? .statistical)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(name, forKey: .name)
    try values.encode(unit, forKey: .unit)
    try values.encode(direction, forKey: .direction)
    if isGate { try values.encode(true, forKey: .gate) }
    try values.encodeIfPresent(tolerance, forKey: .exact)
  }
}

extension Metric {
  package static let wall = Metric(name: "wall", unit: .nanoseconds)
  package static let cpu = Metric(name: "cpu", unit: .nanoseconds)
  /// Hash seeds and addresses move an exact count by less than its tolerance.
  package static let instructions = Metric(
    name: "instructions", unit: .count, judgement: .exact(tolerance: 0.001))
  package static let cycles = Metric(name: "cycles", unit: .count)
  package static let allocations = Metric(name: "allocations", unit: .count)
  package static let allocatedBytes = Metric(name: "allocated bytes", unit: .bytes)
  package static let peakLiveBytes = Metric(name: "peak live heap", unit: .bytes)
  package static let peakResidentBytes = Metric(name: "peak resident", unit: .bytes)
  package static let voluntarySwitches = Metric(name: "voluntary switches", unit: .count)
  package static let involuntarySwitches = Metric(name: "involuntary switches", unit: .count)
  package static let minorFaults = Metric(name: "minor faults", unit: .count)
  package static let majorFaults = Metric(name: "major faults", unit: .count)

  /// Everything BenchKit can measure by itself, in the order in which people read it.
  package static let standard: [Metric] = [
    .wall, .cpu, .instructions, .cycles, .allocations, .allocatedBytes, .peakLiveBytes,
    .peakResidentBytes, .voluntarySwitches, .involuntarySwitches, .minorFaults, .majorFaults,
  ]
}
