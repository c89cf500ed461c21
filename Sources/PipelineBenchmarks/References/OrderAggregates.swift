package import StreamingPipeline

/// The aggregates that the pipelines compute for each group of orders, computed in a simple way: a
/// few additions and comparisons for each order. The results of pipelines are checked against them.
package struct OrderAggregates: Hashable, Sendable {
  /// The aggregates in the order of `values`.
  package static let aggregates: [Aggregate] = [
    .count, .sum("amount"), .average("amount"), .min("amount"), .max("amount"), .sum("quantity"),
    .average("quantity"), .max("quantity"),
  ]

  package var orders = 0
  /// The number of orders that have an amount.
  package var amounts = 0
  /// The sum of the amounts in cents.
  package var sum: Int64 = 0
  package var least = Int64.max
  package var greatest = Int64.min
  package var quantity: Int64 = 0
  package var greatestQuantity = Int64.min

  package init() {}

  @inline(__always)
  package mutating func add(amount: Int64?, quantity: Int64) {
    orders += 1
    self.quantity += quantity
    greatestQuantity = max(greatestQuantity, quantity)
    guard let amount else { return }
    amounts += 1
    sum += amount
    least = min(least, amount)
    greatest = max(greatest, amount)
  }

  mutating func add(_ other: OrderAggregates) {
    orders += other.orders
    amounts += other.amounts
    sum += other.sum
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    quantity += other.quantity
    greatestQuantity = max(greatestQuantity, other.greatestQuantity)
  }

  /// The aggregates as the pipeline returns them: amounts with two digits, and their average with
  /// six. There must be an order.
  package var values: [Value] {
    let ofAmounts: [Value] =
      amounts > 0 ? [money(sum), average, money(least), money(greatest)] : [nil, nil, nil, nil]
    return [.int64(Int64(orders))] + ofAmounts + [
      .int64(quantity), .double(Double(quantity) / Double(orders)), .int64(greatestQuantity),
    ]
  }

  private func money(_ cents: Int64) -> Value {
    .decimal(FixedDecimal(mantissa: Int128(cents), scale: 2))
  }

  /// The average with four more digits than the amounts have, half rounded to even. No amount is
  /// negative.
  private var average: Value {
    let count = Int128(amounts)
    let (quotient, remainder) = (Int128(sum) * 10_000).quotientAndRemainder(dividingBy: count)
    let isUp = 2 * remainder > count || (2 * remainder == count && !quotient.isMultiple(of: 2))
    return .decimal(FixedDecimal(mantissa: quotient + (isUp ? 1 : 0), scale: 6))
  }
}

/// The key of a group of orders. A level of a report takes its first one, two or three values.
package struct OrderKey: Hashable, Sendable {
  package static let fields = ["region", "territory", "order_type"]

  package let values: [Value]

  package init(_ values: [Value]) { self.values = values }

  /// The key of the group that contains this one at a coarser level.
  func prefix(_ level: Int) -> OrderKey { OrderKey(Array(values.prefix(level))) }
}
