package import StreamingPipeline

/// The work of `PipelineShape.grouped`, written by hand for this one schema: a single loop over the
/// columns, codes instead of texts for keys, and an array instead of a table of groups. It is about
/// as fast as the work can be done, but only does this work.
package struct FusedLoop {
  let batches: [Batch]
  /// The positions of region, territory, amount, quantity, status and tax in the schema.
  let positions: [Int]
  /// The number of groups that a region may have: one for each territory of any region, and the
  /// last for orders without a territory.
  let groupsPerRegion: Int
  /// The keys by index: the region's code times `groupsPerRegion`, plus the territory's code.
  let keys: [OrderKey]

  /// - Parameter batches: orders as they were generated, whole and unfiltered.
  /// - Throws: `PipelineError` for other batches.
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
    groupsPerRegion = lastKeys.count
    keys = regions.flatMap { region in lastKeys.map { OrderKey([.string(region), $0]) } }
  }

  /// The aggregates of every group that has an order.
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
    let groupsPerRegion = groupsPerRegion
    try amount.withValues(of: Int64.self) { amounts in
      try batch.columns[positions[3]].withValues(of: Int64.self) { quantities in
        for row in amounts.indices {
          let index = territory.isNull(row) ? groupsPerRegion - 1 : Int(territories[row])
          groups[Int(regions[row]) * groupsPerRegion + index].add(
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
