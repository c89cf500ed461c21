package import StreamingPipeline

/// The work of `PipelineShape.grouped`, written by hand for this one schema: a single loop over the
/// columns, codes instead of text for keys, an array instead of a table of groups. About as fast as
/// the work can be done, and of no use for anything else.
package struct FusedLoop {
  let batches: [Batch]
  /// Of region, territory, amount, quantity, status and tax.
  let positions: [Int]
  /// How many groups a region may have: one a territory of any region, and the last for orders
  /// without one.
  let indices: Int
  /// By code, which is the region's code times `places`, and the territory's.
  let keys: [OrderKey]

  /// - Parameter batches: orders as they were made, with nothing cut off or dropped.
  /// - Throws: `PipelineError` when they are something else.
  package init(_ batches: [Batch]) throws {
    guard let first = batches.first else { throw PipelineError.mismatchedColumns("no orders") }
    let positions = try ["region", "territory", "amount", "quantity", "status", "tax"].map {
      field in
      try first.schema.requirePosition(of: field, usedBy: "fused loop")
    }
    let regions = try Self.coded(first.columns[positions[0]]).names
    let territories = try Self.coded(first.columns[positions[1]]).names
    let lastKeys = territories.map { Value.string($0) } + [.null]
    self.batches = batches
    self.positions = positions
    indices = lastKeys.count
    keys = regions.flatMap { region in lastKeys.map { OrderKey([.string(region), $0]) } }
  }

  /// The figures of every group that has an order.
  package func run() throws -> [OrderKey: [Value]] {
    var groups = [OrderAggregates](repeating: OrderAggregates(), count: keys.count)
    for batch in batches { try add(batch, to: &groups) }
    var aggregates: [OrderKey: [Value]] = [:]
    for (key, group) in zip(keys, groups) where group.orders > 0 { aggregates[key] = group.values }
    return aggregates
  }

  private func add(_ batch: Batch, to groups: inout [OrderAggregates]) throws {
    let (territory, amount) = (batch.columns[positions[1]], batch.columns[positions[2]])
    let regions = try Self.coded(batch.columns[positions[0]]).codes
    let territories = try Self.coded(territory).codes
    let indices = indices
    try amount.withValues(of: Int64.self) { amounts in
      try batch.columns[positions[3]].withValues(of: Int64.self) { quantities in
        for row in amounts.indices {
          let index = territory.isNull(row) ? indices - 1 : Int(territories[row])
          groups[Int(regions[row]) * indices + index].add(
            amount: amount.isNull(row) ? nil : amounts[row], quantity: quantities[row])
        }
      }
    }
  }

  static func coded(_ column: Column) throws -> (codes: [UInt32], names: [String]) {
    guard case .dictionary(let codes, let dictionary) = column.storage, column.offset == 0 else {
      throw PipelineError.wrongType(field: "key", type: column.type, wanted: "codes")
    }
    return (codes, dictionary.values)
  }
}
