import BenchModel

/// A metric that a benchmark measures itself, in addition to the standard metrics.
///
/// ```swift
/// let hits = CustomMetric("cache hits", unit: .count, better: .higher, gate: .statistical)
///
/// Benchmark("cached reads", metrics: [hits]) { _, seed in
///   .measuring {
///     readCached(makeRecords(1_000, seed: seed))
///   } reporting: { cache, reporter in
///     reporter[hits] = cache.hits
///   }
/// }
/// ```
public struct CustomMetric: Sendable, Hashable {
  /// The unit of a metric's values. Durations are nanoseconds and sizes bytes.
  public struct Unit: Sendable, Hashable, ExpressibleByStringLiteral {
    let name: String
    /// Any other unit, by its symbol.
    public init(stringLiteral value: String) { name = value }
    /// Durations.
    public static let nanoseconds: Unit = "ns"
    /// Sizes.
    public static let bytes: Unit = "B"
    /// Things counted.
    public static let count: Unit = "count"
    /// Rates.
    public static let perSecond: Unit = "1/s"
  }

  /// The direction in which values are better.
  public enum Better: Sendable, Hashable {
    /// Lower values are better, as for durations, bytes and counts.
    case lower
    /// Higher values are better, as for rates.
    case higher
  }

  let name: String
  let unit: Unit
  let better: Better?
  let gate: Gate.Rule?

  /// - Parameters:
  ///   - name: lower-case words, different from those of the standard metrics.
  ///   - unit: the unit of the values.
  ///   - better: the direction in which values are better. Where it is left out the unit decides:
  ///     higher for a rate such as `MB/s` or `fps`, lower for times, sizes and counts. A metric
  ///     with a gate in a unit that does not say, such as `score`, must state it; otherwise the
  ///     executable ends with that mistake when it starts.
  ///   - gate: the rule by which a commit can fail on it; nil only shows it.
  public init(
    _ name: String, unit: Unit, better: Better? = nil, gate: Gate.Rule? = nil
  ) {
    self.name = name
    self.unit = unit
    self.better = better
    self.gate = gate
  }

  var metric: Metric {
    Metric(
      name: name, unit: BenchModel.Unit(rawValue: unit.name), direction: direction ?? .lower,
      isGate: gate != nil, judgement: gate?.judgement ?? .statistical)
  }

  /// The direction that is stated, or that the unit implies.
  var direction: Direction? {
    switch better {
    case .lower: .lower
    case .higher: .higher
    case nil: BenchModel.Unit(rawValue: unit.name).betterDirection
    }
  }
}

/// Reports the values of custom metrics that belong to one sample.
public struct MetricReporter {
  private(set) var values: [(metric: String, value: Double)] = []

  init() {}

  /// Adds one more value of a metric. Several values of one sample are several samples of the
  /// metric, from which quantiles are computed.
  ///
  /// ```swift
  /// for latency in run.latencies { reporter.add(latency, to: latencyMetric) }
  /// ```
  public mutating func add(_ value: Double, to metric: CustomMetric) {
    values.append((metric.name, value))
  }

  /// The sample's only value of a metric. Setting it replaces all values added before.
  public subscript(metric: CustomMetric) -> Double? {
    get { values.last { $0.metric == metric.name }?.value }
    set {
      values.removeAll { $0.metric == metric.name }
      if let newValue { add(newValue, to: metric) }
    }
  }

  mutating func removeAll() { values.removeAll(keepingCapacity: true) }
}
