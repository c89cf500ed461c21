package import StreamingPipeline

/// Count and sum of quantities by segment, with a variable number of segments and the expected
/// result.
package struct SegmentReference: Sendable {
  package let pipeline: PipelineDefinition
  private let records: Int
  private let aggregates: [Value: [Value]]

  /// - Parameters:
  ///   - orders: the orders, which are read from memory.
  ///   - permitted: the number of groups that the pipeline may make; orders of later ones are in
  ///     none.
  /// - Throws: the errors of the source.
  package init(_ orders: OrdersInMemory, permitting permitted: Int = .max) throws {
    pipeline = PipelineDefinition(
      source: try orders.source(),
      aggregation: Aggregation(
        groupings: [Grouping(by: "segment", computing: [.count, .sum("quantity")])]))
    var groups: [Value: (count: Int64, sum: Int64)] = [:]
    var records = 0
    for batch in orders.batches {
      let (segments, quantities) = (try batch.column("segment"), try batch.column("quantity"))
      for row in 0..<batch.count {
        records += 1
        let segment = segments[row]
        guard groups[segment] != nil || groups.count < permitted else { continue }
        guard case .int64(let quantity) = quantities[row] else { continue }
        let before = groups[segment] ?? (0, 0)
        groups[segment] = (before.count + 1, before.sum + quantity)
      }
    }
    self.records = records
    aggregates = groups.mapValues { [.int64($0.count), .int64($0.sum)] }
  }

  /// The number of groups.
  package var groups: Int { aggregates.count }

  /// A complaint about a result; nil when it is right.
  package func complaint(about seen: ConsumedRun) -> String? {
    guard let grouped = seen.aggregation?.groupings.first else { return "there are no groups" }
    if seen.records != records {
      return "\(seen.records) records arrived, and \(records) should have"
    }
    if grouped.groups.count != aggregates.count {
      return "there are \(grouped.groups.count) groups, and not \(aggregates.count)"
    }
    let wrong = grouped.groups.first { $0.key.first.flatMap { aggregates[$0] } != $0.values }
    if let wrong { return "the aggregates of \(wrong.key) are \(wrong.values)" }
    let counted = aggregates.values.reduce(Int64(0)) { sum, values in
      if case .int64(let count) = values[0] { sum + count } else { sum }
    }
    let rejected = records - Int(counted)
    return grouped.rejectedRecords == rejected
      ? nil : "\(grouped.rejectedRecords) records are in no group, and \(rejected) should be"
  }
}
