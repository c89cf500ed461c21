import Synchronization

extension Unit {
  /// What a unit measures, as far as its name says: whether lower or higher values are better
  /// follows from that.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// A time, also one for each operation: `ns`, `ms/op`.
    case duration
    /// Something for each time: `ops/s`, `MB per sec`, `s^-1`, `Gbps`, `MHz`.
    case rate
    /// What work uses up or gives rise to: `B`, `count`, `allocs/op`, `cache-misses`, `J`, `W`.
    case cost
    /// Work for what it uses up: `ops/J`, `FLOPS/W`.
    case yield
    /// `score`, `%`, `ratio` and whatever else: either direction may be the better one.
    case unknown
  }

  /// What the unit measures.
  package var kind: Kind { KnownKinds.shared[self] }

  /// Whether lower or higher values are better; `nil` where the unit does not say.
  package var betterDirection: Direction? {
    switch kind {
    case .duration, .cost: .lower
    case .rate, .yield: .higher
    case .unknown: nil
    }
  }
}

extension Metric {
  /// Whether it measures time or speed, which another layout of the same code moves: a duration, a
  /// rate, or cycles of a clock. What is counted exactly has no layout.
  package var dependsOnLayout: Bool {
    guard judgement == .statistical else { return false }
    return [.duration, .rate].contains(unit.kind)
      || ["cycles", "cycle", "ticks", "tick"].contains(unit.rawValue.lowercased())
      || name == Metric.cycles.name
  }

  /// Whether it is known which values are better. A metric whose unit does not say and that was
  /// declared without a direction is stored as one that is shown only.
  package var isDirectionKnown: Bool { isGate || unit.betterDirection != nil }
}

/// The kinds of the units met so far: thousands of series have the same few, and taking a name
/// apart takes far longer than looking it up.
private final class KnownKinds: Sendable {
  static let shared = KnownKinds()
  /// Names come from outside, so that there may be any number of them.
  private static let capacity = 1_000

  private let kinds = Mutex<[Unit: Unit.Kind]>([:])

  subscript(unit: Unit) -> Unit.Kind {
    kinds.withLock { kinds in
      if let kind = kinds[unit] { return kind }
      let kind = UnitName(unit.rawValue).kind
      if kinds.count < Self.capacity { kinds[unit] = kind }
      return kind
    }
  }
}
