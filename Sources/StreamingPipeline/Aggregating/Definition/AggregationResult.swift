/// What an aggregation computed.
public struct AggregationResult: Hashable, Sendable {
  /// How many records were aggregated.
  public let records: Int
  /// The global figures, in the order of the definition.
  public let global: [Value]
  /// The figures by group, in the order of the definition.
  public let groupings: [GroupedResult]

  package init(records: Int, global: [Value], groupings: [GroupedResult]) {
    self.records = records
    self.global = global
    self.groupings = groupings
  }
}

/// The figures of one grouping.
public struct GroupedResult: Hashable, Sendable {
  /// One group.
  public struct Group: Hashable, Sendable {
    /// The values of the keys.
    public let key: [Value]
    /// The figures, in the order of the definition.
    public let values: [Value]

    package init(key: [Value], values: [Value]) {
      self.key = key
      self.values = values
    }
  }

  /// The groups, in the order in which their first records came.
  public let groups: [Group]
  /// Records that belonged to a new group when `maxGroups` were already there. They are in no
  /// group, but in the global figures, and flow on to the consumer.
  public let rejectedRecords: Int

  package init(groups: [Group], rejectedRecords: Int) {
    self.groups = groups
    self.rejectedRecords = rejectedRecords
  }

  /// The figures of the group with these key values; nil when there is none.
  public subscript(key: Value...) -> [Value]? {
    groups.first { $0.key == key }?.values
  }
}
