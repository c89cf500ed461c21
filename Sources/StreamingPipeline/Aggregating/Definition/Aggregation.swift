/// The aggregates to compute, in one pass, over the records that reach the consumer.
///
/// ```swift
/// let aggregation = Aggregation(
///   global: [.count],
///   groupings: [Grouping(by: "region", computing: [.sum("amount")])],
///   runningTotals: [RunningTotal("so far", of: "amount")])
/// ```
public struct Aggregation: Hashable, Sendable {
  /// The aggregates over all records.
  public var global: [Aggregate]
  /// The aggregates by group.
  public var groupings: [Grouping]
  /// Columns that hold, for every record, a sum up to this record. Aggregates can refer to them.
  public var runningTotals: [RunningTotal]
  /// The most groups and bytes that the aggregation may be expected to need, or else the run does
  /// not start. Nil lifts the limit.
  public var limit: AggregationEstimate? = .defaultLimit

  /// Makes an aggregation.
  public init(
    global: [Aggregate] = [], groupings: [Grouping] = [], runningTotals: [RunningTotal] = []
  ) {
    self.global = global
    self.groupings = groupings
    self.runningTotals = runningTotals
  }
}

/// A column that holds, for every record, the sum of an operand up to and including this record.
///
/// It is null until the first value and stays the same where the operand is null. Totals of whole
/// numbers and decimals are exact, and overflow is an error. A total of doubles is the exact sum so
/// far, rounded.
public struct RunningTotal: Hashable, Sendable {
  /// The name of the field to add to the records.
  public let name: String
  /// The operand to add up: an int64, double or decimal.
  public let operand: Operand
  /// The keys whose every combination has a total of its own; empty for one total over all records.
  public let keys: [Operand]

  /// A total over all records, or by group.
  ///
  /// - Parameters:
  ///   - name: the field to add, or to replace.
  ///   - operand: the operand to add up.
  ///   - keys: the keys that make a group. There may be as many groups as there are different keys.
  public init(_ name: String, of operand: some OperandConvertible, by keys: [Operand] = []) {
    self.name = name
    self.operand = operand.operand
    self.keys = keys
  }
}
