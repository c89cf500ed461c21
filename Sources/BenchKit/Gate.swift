import BenchModel

/// The metrics on which a commit can fail. All others are measured and shown beside them.
///
/// CPU time is the default: on a machine with other work, the same single-threaded benchmark was
/// seen to spread 53 % in wall time and 1 % in CPU time. Gate what waits or runs in parallel on
/// wall time.
///
/// ```swift
/// Benchmark("parse", gate: [.cpu, .allocations(.exact(tolerance: 0.01))]) { … }
/// ```
public struct Gate: Sendable, ExpressibleByArrayLiteral {
  /// How two commits are told apart on a gate metric.
  public enum Rule: Sendable, Hashable {
    /// By statistics over fresh processes.
    case statistical
    /// By difference, for counts that don't vary: any relative difference above the tolerance
    /// counts (0.01 is one per cent).
    case exact(tolerance: Double)
  }

  let rules: [String: Rule]

  private init(_ metric: Metric, _ rule: Rule) { rules = [metric.name: rule] }

  /// Several metrics: `[.cpu, .allocations()]`. A metric named twice is judged as it was named
  /// last.
  public init(arrayLiteral elements: Gate...) {
    rules = elements.reduce(into: [:]) { all, gate in
      all.merge(gate.rules) { _, new in new }
    }
  }

  /// No standard metric; a custom metric may still be a gate.
  public static let none: Gate = []
  /// CPU time of the whole process, for single-threaded work.
  public static let cpu = Gate(.cpu, .statistical)
  /// Elapsed time, for work that waits or runs in parallel.
  public static let wall = Gate(.wall, .statistical)
  /// Number of allocations an iteration; exact by default.
  public static func allocations(_ rule: Rule = .exact(tolerance: 0)) -> Gate {
    Gate(.allocations, rule)
  }
  /// Bytes asked of the allocator in an iteration; exact by default.
  public static func allocatedBytes(_ rule: Rule = .exact(tolerance: 0)) -> Gate {
    Gate(.allocatedBytes, rule)
  }
  /// Instructions an iteration; exact to 0.1 % by default. A machine without a counter of them
  /// counts them with `benchdb record --counter instructions` only.
  public static func instructions(_ rule: Rule = .exact(tolerance: 0.001)) -> Gate {
    Gate(.instructions, rule)
  }
  /// Highest live heap above the level before the iteration.
  public static func peakLiveHeap(_ rule: Rule = .statistical) -> Gate {
    Gate(.peakLiveBytes, rule)
  }
  /// Highest resident size of the process.
  public static let peakResident = Gate(.peakResidentBytes, .statistical)

  /// The metric with its role in this gate.
  func applied(to metric: Metric) -> Metric {
    rules[metric.name].map { metric.gated(true, judgement: $0.judgement) } ?? metric
  }
}

extension Gate.Rule {
  var judgement: Judgement {
    switch self {
    case .statistical: .statistical
    case .exact(let tolerance): .exact(tolerance: tolerance)
    }
  }
}
