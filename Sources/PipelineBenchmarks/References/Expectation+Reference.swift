package import PipelineWorkloads
import StreamingPipeline

/// One order as the reference reads it: field by field, value by value, without anything that makes
/// the pipeline fast.
struct Order {
  let id: Int64
  let keys: [Value]
  let isOpen: Bool
  /// The amount in cents; nil where it is null.
  let amount: Int64?
  let tax: Int64?
  let quantity: Int64
}

extension OrdersWorkload {
  /// Calls `body` with every order.
  func forEachOrder(_ body: (Order) throws -> Void) throws {
    let names = ["id", "status", "amount", "tax", "quantity"]
    let indices = names.compactMap(schema.position(of:))
    let keys = OrderKey.fields.compactMap(schema.position(of:))
    let cursor = try open()
    while let batch = try cursor.next(atMost: 1_000) {
      for row in batch.rows {
        try body(
          Order(
            id: whole(row[indices[0]]) ?? 0, keys: keys.map { row[$0] },
            isOpen: row[indices[1]] == "open", amount: whole(row[indices[2]]),
            tax: whole(row[indices[3]]), quantity: whole(row[indices[4]]) ?? 0))
      }
    }
  }
}

/// A whole number, or the mantissa of a decimal.
private func whole(_ value: Value) -> Int64? {
  switch value {
  case .int64(let number): number
  case .decimal(let number): Int64(number.mantissa)
  default: nil
  }
}

extension Expectation {
  /// Folds the orders with a dictionary by the finest key, whose groups are added up to the coarser
  /// levels.
  ///
  /// - Parameters:
  ///   - orders: the orders that a pipeline will read, from any source.
  ///   - shape: the pipeline. Only what it computes is expected.
  /// - Returns: the expected result of every run.
  /// - Throws: the errors of the generator.
  package static func folding(
    _ orders: OrdersWorkload, through shape: PipelineShape
  ) throws -> Expectation {
    var groups: [OrderKey: OrderAggregates] = [:]
    try orders.forEachOrder { order in
      groups[OrderKey(order.keys), default: OrderAggregates()]
        .add(amount: order.amount, quantity: order.quantity)
    }
    let count = groups.values.reduce(0) { $0 + $1.orders }
    var expectation = Expectation.everyID(count)
    if !shape.aggregation.global.isEmpty {
      expectation.global = rolledUp(groups, 0)[OrderKey([])] ?? []
    }
    expectation.groupings = shape.aggregation.groupings.map { rolledUp(groups, $0.keys.count) }
    return expectation
  }

  private static func rolledUp(
    _ groups: [OrderKey: OrderAggregates], _ level: Int
  ) -> [OrderKey: [Value]] {
    groups.reduce(into: [OrderKey: OrderAggregates]()) { all, group in
      all[group.key.prefix(level), default: OrderAggregates()].add(group.value)
    }.mapValues(\.values)
  }

  /// The expected result of `PipelineShape.filter`.
  package static func filtering(_ orders: OrdersWorkload) throws -> Expectation {
    var expectation = Expectation(records: 0, sum: 0)
    try orders.forEachOrder { order in
      guard order.isOpen, order.quantity >= 12 else { return }
      expectation.records += 1
      expectation.sum += order.id
    }
    return expectation
  }

  /// The expected result of `PipelineShape.map`.
  package static func mapping(_ orders: OrdersWorkload) throws -> Expectation {
    var expectation = Expectation(records: 0, sum: 0)
    try orders.forEachOrder { order in
      expectation.records += 1
      if let amount = order.amount, let tax = order.tax { expectation.sum += amount + tax }
    }
    return expectation
  }
}
