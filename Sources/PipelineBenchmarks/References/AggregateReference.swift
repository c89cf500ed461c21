package import PipelineWorkloads
package import StreamingPipeline

/// One aggregate function over all orders' amounts, with its expected result. The result is
/// computed with an array of all values and floating-point numbers, so that it shares nothing with
/// the pipeline.
package struct AggregateReference: Sendable {
  /// The names of the functions.
  package static let names = [
    "count", "sum", "average", "min", "max", "first", "last", "variance", "standard deviation",
    "distinct count",
  ]

  package let aggregate: Aggregate
  /// The expected result, in the unit of the amounts.
  package let expected: Double
  /// The relative tolerance that the function's documentation permits.
  package let tolerance: Double

  /// - Parameters:
  ///   - name: one of `names`.
  ///   - orders: the orders to aggregate.
  /// - Throws: the errors of the generator.
  package init(_ name: String, of orders: OrdersWorkload) throws {
    let amounts = try orders.amounts()
    let count = Double(amounts.count)
    let mean = amounts.reduce(0, +) / count
    let squares = amounts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let exact = 1e-9
    switch name {
    case "count": self.init(.count("amount"), count, 0)
    case "sum": self.init(.sum("amount"), mean * count, exact)
    case "average": self.init(.average("amount"), mean, 1e-6)
    case "min": self.init(.min("amount"), amounts.min() ?? 0, exact)
    case "max": self.init(.max("amount"), amounts.max() ?? 0, exact)
    case "first": self.init(.first("amount"), amounts.first ?? 0, exact)
    case "last": self.init(.last("amount"), amounts.last ?? 0, exact)
    case "variance": self.init(.variance("amount"), squares / (count - 1), exact)
    case "standard deviation":
      self.init(.standardDeviation("amount"), (squares / (count - 1)).squareRoot(), exact)
    default:
      // The tolerance is four standard errors of the sketch.
      self.init(.distinctCount("amount"), Double(Set(amounts).count), 0.064)
    }
  }

  /// Expects the value below which `percent` of the amounts lie, type 7: exact up to 10,000 values,
  /// and within 1/256 beyond.
  package init(percentile percent: Double, of orders: OrdersWorkload) throws {
    let sorted = try orders.amounts().sorted()
    let position = percent / 100 * Double(sorted.count - 1)
    let low = Int(position)
    let next = sorted[min(low + 1, sorted.count - 1)]
    self.init(
      .percentile(percent, of: "amount"),
      sorted[low] + (position - Double(low)) * (next - sorted[low]),
      sorted.count > 10_000 ? 1.0 / 256 : 1e-6)
  }

  private init(_ aggregate: Aggregate, _ expected: Double, _ tolerance: Double) {
    self.aggregate = aggregate
    self.expected = expected
    self.tolerance = tolerance
  }

  /// A complaint about a result that is wrong; else nil.
  package func complaint(about answer: Value?) -> String? {
    let number: Double? =
      switch answer {
      case .int64(let value): Double(value)
      case .double(let value): value
      case .decimal(let value): value.approximate
      default: nil
      }
    guard let number, abs(number - expected) <= tolerance * abs(expected) else {
      return "\(aggregate) is \(answer ?? .null), and not \(expected)"
    }
    return nil
  }
}

extension OrdersWorkload {
  /// The amounts of the orders that have one, in their order.
  func amounts() throws -> [Double] {
    var amounts: [Double] = []
    try forEachOrder { order in
      if let amount = order.amount { amounts.append(Double(amount) / 100) }
    }
    return amounts
  }
}
