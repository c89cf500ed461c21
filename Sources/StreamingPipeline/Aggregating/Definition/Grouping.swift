/// Aggregates by group. Every combination of the keys' values makes one group; null is a value.
///
/// ```swift
/// let byRegion = Grouping(by: "region", computing: [.count, .sum("amount")])
/// let byMonth = Grouping(
///   by: ["region", .calendar(.month, of: "date")], computing: [.average("amount")])
/// ```
public struct Grouping: Hashable, Sendable {
  /// The keys: at least one operand, or none where there is a window.
  public let keys: [Operand]
  /// The window that divides the stream first. Its start is then the first value of a group's key.
  public let window: Window?
  /// The aggregates to compute for each group.
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

  /// The groupings of a report's levels: by the first key, by the first two keys, and so on.
  public static func levels(
    by keys: [Operand], computing aggregates: [Aggregate]
  ) -> [Grouping] {
    keys.indices.map { Grouping(by: Array(keys[...$0]), computing: aggregates) }
  }
}
