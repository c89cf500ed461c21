package import PipelineWorkloads
package import StreamingPipeline

/// The number of orders in a group of `PipelineShape.sales`, and the sum of their amounts with tax.
package struct SalesTotals: Hashable, Sendable {
  package var orders: Int64 = 0
  /// The number of orders that have an amount and a tax.
  package var sums: Int64 = 0
  /// The sum in cents.
  package var gross: Int64 = 0

  @inline(__always)
  mutating func add(_ gross: Int64?) {
    orders += 1
    guard let gross else { return }
    sums += 1
    self.gross += gross
  }

  /// The aggregates as the pipeline returns them.
  var values: [Value] {
    let sum = FixedDecimal(mantissa: Int128(gross), scale: 2)
    return [.int64(orders), sums > 0 ? .decimal(sum) : .null]
  }
}

extension FusedLoop {
  /// Does the work of `PipelineShape.sales` in one loop over the columns.
  package func runSales() throws -> [OrderKey: [Value]] {
    var groups = [SalesTotals](repeating: SalesTotals(), count: keys.count)
    for batch in batches { try addSales(of: batch, to: &groups) }
    var aggregates: [OrderKey: [Value]] = [:]
    for (key, group) in zip(keys, groups) where group.orders > 0 { aggregates[key] = group.values }
    return aggregates
  }

  private func addSales(of batch: Batch, to groups: inout [SalesTotals]) throws {
    let columns = positions.map { batch.columns[$0] }
    let (territory, amount, tax) = (columns[1], columns[2], columns[5])
    let regions = try Self.coded(columns[0]).codes
    let territories = try Self.coded(territory).codes
    let status = try Self.coded(columns[4])
    let open = status.names.firstIndex(of: "open").map { UInt32($0) }
    let groupsPerRegion = groupsPerRegion
    try amount.withValues(of: Int64.self) { amounts in
      try tax.withValues(of: Int64.self) { taxes in
        try columns[3].withValues(of: Int64.self) { quantities in
          for row in amounts.indices where status.codes[row] == open && quantities[row] >= 12 {
            let index = territory.isNull(row) ? groupsPerRegion - 1 : Int(territories[row])
            let isNull = amount.isNull(row) || tax.isNull(row)
            groups[Int(regions[row]) * groupsPerRegion + index]
              .add(isNull ? nil : amounts[row] &+ taxes[row])
          }
        }
      }
    }
  }
}

extension Expectation {
  /// The expected result of `PipelineShape.sales`, computed order by order.
  package static func sales(_ orders: OrdersWorkload) throws -> Expectation {
    var expectation = Expectation(records: 0, sum: 0)
    var groups: [OrderKey: SalesTotals] = [:]
    try orders.forEachOrder { order in
      guard order.isOpen, order.quantity >= 12 else { return }
      let gross: Int64? =
        if let amount = order.amount, let tax = order.tax { amount + tax } else { nil }
      expectation.records += 1
      expectation.sum += gross ?? 0
      groups[OrderKey(order.keys).prefix(2), default: SalesTotals()].add(gross)
    }
    expectation.groupings = [groups.mapValues(\.values)]
    return expectation
  }
}
