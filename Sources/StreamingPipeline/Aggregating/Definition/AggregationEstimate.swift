/// The groups and bytes that an aggregation is expected to need, estimated from its definition
/// alone.
public struct AggregationEstimate: Hashable, Sendable {
  /// The number of groups in all groupings together.
  public let groups: Int
  /// The bytes that the groups take.
  public let bytes: Int

  /// Makes an estimate, or a limit to compare estimates with.
  public init(groups: Int, bytes: Int) {
    self.groups = groups
    self.bytes = bytes
  }

  /// The limit unless an aggregation says otherwise: 100,000 groups and 100 MB.
  public static let defaultLimit = AggregationEstimate(groups: 100_000, bytes: 100_000_000)

  /// The assumed bytes of a group with its key and about ten aggregates.
  public static let bytesPerGroup = 600

  /// Estimates by the number of keys: 100 groups for one, 1,000 for two, 5,000 for three and 10,000
  /// for more. A window counts as a key.
  public init(_ aggregation: Aggregation) {
    let groups = aggregation.groupings.map { grouping in
      let keys = grouping.keys.count + (grouping.window == nil ? 0 : 1)
      return [0, 100, 1_000, 5_000, 10_000][min(keys, 4)]
    }.reduce(0, +)
    self.init(groups: groups, bytes: groups * Self.bytesPerGroup)
  }
}

extension Aggregation {
  /// - Throws: `PipelineError.estimateTooLarge`.
  func requireWithinLimit() throws(PipelineError) {
    guard let limit else { return }
    let estimate = AggregationEstimate(self)
    guard estimate.groups <= limit.groups, estimate.bytes <= limit.bytes else {
      throw .estimateTooLarge(estimate, permitted: limit)
    }
  }
}
