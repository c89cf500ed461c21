package import StreamingPipeline

/// The work of `PipelineShape.grouped`, written by hand for this one schema: a single loop over the columns, codes instead of text for
/// keys, an array instead of a table of groups. About as fast as the work can be done, and of no use for anything else.
package struct FusedLoop {
  private let batches: [Batch]
  private let positions: [Int]

  /// - Parameter batches: orders, every row of each.
  /// - Throws: `PipelineError` when they are something else.
  package init(_ batches: [Batch]) throws {
    self.batches = batches
    positions = try ["region", "territory", "amount", "quantity"].map { field in
      try batches.first?.schema.requirePosition(of: field, usedBy: "fused loop") ?? 0
    }
  }

  /// The figures of every group that has an order.
  package func run() throws -> [OrderKey: [Value]] {
    var groups = [OrderFigures](repeating: OrderFigures(), count: Self.groupCount)
    for batch in batches { try add(batch, to: &groups) }
    var figures: [OrderKey: [Value]] = [:]
    for (code, group) in groups.enumerated() where group.orders > 0 {
      figures[Self.key(code)] = group.values
    }
    return figures
  }

  private func add(_ batch: Batch, to groups: inout [OrderFigures]) throws {
    let (region, territory) = (batch.columns[positions[0]], batch.columns[positions[1]])
    let (amount, quantity) = (batch.columns[positions[2]], batch.columns[positions[3]])
    guard case .dictionary(let regions, _) = region.storage,
      case .dictionary(let territories, _) = territory.storage
    else { throw PipelineError.wrongType(field: "region", type: region.type, wanted: "codes") }
    try amount.withValues(of: Int64.self) { amounts in
      try quantity.withValues(of: Int64.self) { quantities in
        for row in amounts.indices {
          let place = territory.isNull(row) ? Self.noTerritory : Int(territories[row])
          groups[Int(regions[row]) * (Self.noTerritory + 1) + place].add(
            amount: amount.isNull(row) ? nil : amounts[row], quantity: quantities[row])
        }
      }
    }
  }

  /// Four territories in each of five regions, and a place for orders without one.
  private static let noTerritory = 20
  private static let groupCount = OrdersWorkload.regions.count * (noTerritory + 1)

  private static func key(_ code: Int) -> OrderKey {
    let (region, place) = code.quotientAndRemainder(dividingBy: noTerritory + 1)
    let territory: Value =
      place == noTerritory
      ? .null : .string("\(OrdersWorkload.regions[place / 4])-\(place % 4 + 1)")
    return OrderKey([.string(OrdersWorkload.regions[region]), territory])
  }
}
