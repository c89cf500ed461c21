/// AggregateStates by group: one group for every combination of the keys' values; null is a value.
public struct Grouping: Hashable, Sendable {
  /// What makes a group: at least one operand, or none where there is a window.
  public let keys: [Operand]
  /// Divides the stream into windows first; their start is then the first value of a group's key.
  public let window: Window?
  /// What is computed for each group.
  public let aggregates: [Aggregate]

  /// Groups by fields.
  public init(by keys: String..., computing aggregates: [Aggregate]) {
    self.init(by: keys, computing: aggregates)
  }

  /// Groups by fields.
  public init(by keys: [String], computing aggregates: [Aggregate]) {
    self.init(by: keys.map(Operand.field), within: nil, computing: aggregates)
  }

  /// Groups by fields and computed columns, within windows where there is one.
  public init(by keys: [Operand], within window: Window? = nil, computing aggregates: [Aggregate]) {
    self.keys = keys
    self.window = window
    self.aggregates = aggregates
  }

  /// The groupings of a report's levels: by the first key, by the first two, and so on.
  public static func levels(
    by keys: [Operand], computing aggregates: [Aggregate]
  ) -> [Grouping] {
    keys.indices.map { Grouping(by: Array(keys[...$0]), computing: aggregates) }
  }
}

/// What is computed over the records that reach the consumer, in the same pass.
public struct Aggregation: Hashable, Sendable {
  /// What is computed over all records.
  public var global: [Aggregate]
  /// What is computed by group.
  public var groupings: [Grouping]
  /// Columns that say, on every record, how much there is up to it. The figures can name them.
  public var runningTotals: [RunningTotal]
  /// The most that groups are expected to need, or the run does not start; nil lifts the limit.
  public var limit: AggregationEstimate? = .defaultLimit

  /// Describes what to compute.
  public init(
    global: [Aggregate] = [], groupings: [Grouping] = [], runningTotals: [RunningTotal] = []
  ) {
    self.global = global
    self.groupings = groupings
    self.runningTotals = runningTotals
  }
}
