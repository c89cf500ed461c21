/// The results of an aggregation.
///
/// ```swift
/// if let result = try Pipeline.start(definition).runToEnd() {
///   print(result.global)  // [3]
///   print(result.groupings[0]["north"] ?? [])  // [12.5]
/// }
/// ```
public struct AggregationResult: Hashable, Sendable {
  /// The number of records that were aggregated.
  public let records: Int
  /// The aggregates over all records, in the order of the definition.
  public let global: [Value]
  /// The results of each grouping, in the order of the definition.
  public let groupings: [GroupedResult]

  package init(records: Int, global: [Value], groupings: [GroupedResult]) {
    self.records = records
    self.global = global
    self.groupings = groupings
  }
}

/// The results of one grouping.
public struct GroupedResult: Hashable, Sendable {
  /// One group.
  public struct Group: Hashable, Sendable {
    /// The values of the keys.
    public let key: [Value]
    /// The aggregates of the group, in the order of the definition.
    public let values: [Value]

    package init(key: [Value], values: [Value]) {
      self.key = key
      self.values = values
    }
  }

  /// The groups, in the order of their first records.
  public let groups: [Group]
  /// The number of records that would have opened a group when there were already `maxGroups`. They
  /// are in no group, but they count in the aggregates over all records and reach the consumer.
  public let rejectedRecords: Int

  package init(groups: [Group], rejectedRecords: Int) {
    self.groups = groups
    self.rejectedRecords = rejectedRecords
  }

  /// The aggregates of the group with these key values; nil when there is no such group.
  public subscript(key: Value...) -> [Value]? {
    groups.first { $0.key == key }?.values
  }
}
