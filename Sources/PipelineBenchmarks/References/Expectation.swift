package import StreamingPipeline

/// The expected result of a run.
package struct Expectation: Sendable {
  package var records: Int
  package var sum: Int64
  /// The aggregates over all records; empty where the pipeline has no aggregation.
  package var global: [Value] = []
  /// The aggregates of each grouping by key.
  package var groupings: [[OrderKey: [Value]]] = []

  /// A complaint about what the consumer saw; nil when it is right.
  package func complaint(about seen: ConsumedRun) -> String? {
    if seen.records != records {
      return "\(seen.records) records arrived, and \(records) should have"
    }
    if seen.sum != sum { return "the records add up to \(seen.sum), and not to \(sum)" }
    guard !global.isEmpty || !groupings.isEmpty else { return nil }
    guard let result = seen.aggregation else { return "the run ended without aggregates" }
    return complaint(about: result)
  }

  private func complaint(about result: AggregationResult) -> String? {
    if result.records != records {
      return "\(result.records) records were aggregated, and \(records) should have been"
    }
    if result.global != global {
      return "the aggregates over all records are \(result.global), and not \(global)"
    }
    if result.groupings.count != groupings.count {
      return "there are \(result.groupings.count) groupings, and not \(groupings.count)"
    }
    for (grouped, expected) in zip(result.groupings, groupings) {
      if let complaint = Self.complaint(about: grouped, expected) { return complaint }
    }
    return nil
  }

  private static func complaint(
    about result: GroupedResult, _ expected: [OrderKey: [Value]]
  ) -> String? {
    if result.rejectedRecords > 0 { return "\(result.rejectedRecords) records are in no group" }
    if result.groups.count != expected.count {
      return "there are \(result.groups.count) groups, and not \(expected.count)"
    }
    for group in result.groups {
      guard let aggregates = expected[OrderKey(group.key)] else {
        return "there is a group \(group.key), which no record belongs to"
      }
      if group.values != aggregates {
        return "the aggregates of \(group.key) are \(group.values), and not \(aggregates)"
      }
    }
    return nil
  }
}

extension Expectation {
  /// Expects `records` records with ids from 1, of which none is dropped.
  package static func everyID(_ records: Int) -> Expectation {
    Expectation(records: records, sum: Int64(records * (records + 1) / 2))
  }
}
