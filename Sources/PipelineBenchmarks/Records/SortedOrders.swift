import PipelineWorkloads
package import StreamingPipeline

/// Orders sorted by a report's groups: by region, status and month. Records of one group are
/// adjacent, as a report needs them.
package struct SortedOrders: Sendable {
  /// The fields of an order that references read.
  package struct Row: Sendable {
    package let id: Int64
    package let quantity: Int64
    /// The amount in cents; nil where it is null.
    package let cents: Int64?
    package let hasDate: Bool
  }

  package let rows: [Row]
  package let source: MemorySource

  package init(count: Int, seed: UInt64) throws {
    let orders = try OrdersWorkload(count: count, seed: seed)
    let cursor = try orders.open()
    var records: [[Value]] = []
    while let batch = try cursor.next(atMost: 1_000) {
      for row in batch.rows { records.append(orders.schema.fields.indices.map { row[$0] }) }
    }
    let positions = try Positions(orders.schema)
    let sorted = records.map { (key: positions.key($0), record: $0) }.sorted { $0.key < $1.key }
      .map(\.record)
    rows = sorted.map(positions.row)
    source = try MemorySource(schema: orders.schema, rows: sorted)
  }
}

/// The positions of the fields that are read here.
private struct Positions {
  let id, region, status, amount, quantity, date: Int

  init(_ schema: Schema) throws {
    func position(_ name: String) throws -> Int {
      try schema.requirePosition(of: name, usedBy: "sorting")
    }
    id = try position("id")
    region = try position("region")
    status = try position("status")
    amount = try position("amount")
    quantity = try position("quantity")
    date = try position("order_date")
  }

  /// Region, status and month in one text, followed by the id, which gives equal ones an order.
  func key(_ record: [Value]) -> String {
    let month =
      if case .date = record[date] { "\(record[date])".prefix(7) } else { Substring("none") }
    let id = String(whole(record[id]))
    let padding = String(repeating: "0", count: 12 - id.utf8.count)
    return "\(record[region])/\(record[status])/\(month)/\(padding)\(id)"
  }

  func row(_ record: [Value]) -> SortedOrders.Row {
    let cents: Int64? =
      if case .decimal(let amount) = record[amount] { Int64(amount.mantissa) } else { nil }
    return SortedOrders.Row(
      id: whole(record[id]), quantity: whole(record[quantity]), cents: cents,
      hasDate: !record[date].isNull)
  }

  private func whole(_ value: Value) -> Int64 {
    if case .int64(let number) = value { number } else { 0 }
  }
}
