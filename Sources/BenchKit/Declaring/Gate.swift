import BenchModel

/// The metrics on which a commit can fail. All other metrics are measured and shown in addition.
///
/// CPU time is the default: on a machine with other work, the same single-threaded benchmark varied
/// by 53 % in wall time and by 1 % in CPU time. Use wall time for benchmarks that wait or run in
/// parallel.
///
/// ```swift
/// let gate: Gate = [.cpu, .allocations(.exact(tolerance: 0.01))]
/// ```
public struct Gate: Sendable, ExpressibleByArrayLiteral {
  /// The rule by which two commits are compared on a gate metric.
  public enum Rule: Sendable, Hashable {
    /// Statistics over fresh processes decide.
    case statistical
    /// The difference decides, for counts that do not vary: any relative difference above the
    /// tolerance counts (0.01 is one per cent).
    case exact(tolerance: Double)
  }

  let rules: [String: Rule]

  private init(_ metric: Metric, _ rule: Rule) { rules = [metric.name: rule] }

  /// Combines several gates, such as `[.cpu, .allocations()]`. The last rule wins for a metric
  /// named twice.
  public init(arrayLiteral elements: Gate...) {
    rules = elements.reduce(into: [:]) { all, gate in
      all.merge(gate.rules) { _, new in new }
    }
  }

  /// A gate without standard metrics; a custom metric may still be a gate.
  public static let none: Gate = []
  /// The CPU time of the whole process, for single-threaded work.
  public static let cpu = Gate(.cpu, .statistical)
  /// The elapsed time, for work that waits or runs in parallel.
  public static let wall = Gate(.wall, .statistical)
  /// The number of allocations of an iteration; exact by default.
  public static func allocations(_ rule: Rule = .exact(tolerance: 0)) -> Gate {
    Gate(.allocations, rule)
  }
  /// The bytes requested from the allocator in an iteration; exact by default.
  public static func allocatedBytes(_ rule: Rule = .exact(tolerance: 0)) -> Gate {
    Gate(.allocatedBytes, rule)
  }
  /// The instructions of an iteration; exact to 0.1 % by default. On a machine without a hardware
  /// counter, they are counted only by `benchdb record --counter instructions`.
  public static func instructions(_ rule: Rule = .exact(tolerance: 0.001)) -> Gate {
    Gate(.instructions, rule)
  }
  /// The highest live heap above the level before the iteration.
  public static func peakLiveHeap(_ rule: Rule = .statistical) -> Gate {
    Gate(.peakLiveBytes, rule)
  }
  /// The highest resident size of the process.
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
