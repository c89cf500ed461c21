package import StreamingPipeline

/// The figures that the pipelines compute for each group of orders, worked out the plain way: a few
/// additions and comparisons an order. What a pipeline answers is checked against it.
package struct OrderAggregates: Hashable, Sendable {
  /// In the order of `values`.
  package static let aggregates: [Aggregate] = [
    .count, .sum("amount"), .average("amount"), .min("amount"), .max("amount"), .sum("quantity"),
    .average("quantity"), .max("quantity"),
  ]

  package var orders = 0
  /// Orders that have an amount.
  package var amounts = 0
  /// Cents.
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

  /// As the pipeline says them: amounts with two digits, their average with six. There is an order.
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

  /// Four more digits than the amounts have, half rounded to even; no amount is negative.
  private var average: Value {
    let count = Int128(amounts)
    let (quotient, remainder) = (Int128(sum) * 10_000).quotientAndRemainder(dividingBy: count)
    let isUp = 2 * remainder > count || (2 * remainder == count && !quotient.isMultiple(of: 2))
    return .decimal(FixedDecimal(mantissa: quotient + (isUp ? 1 : 0), scale: 6))
  }
}

/// What orders are grouped by; a level of a report takes the first one, two or three.
package struct OrderKey: Hashable, Sendable {
  package static let fields = ["region", "territory", "order_type"]

  package let values: [Value]

  package init(_ values: [Value]) { self.values = values }

  /// The key of the group that holds this one at a coarser level.
  func prefix(_ level: Int) -> OrderKey { OrderKey(Array(values.prefix(level))) }
}
