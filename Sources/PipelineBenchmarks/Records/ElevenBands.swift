import PipelineWorkloads
import StreamingPipeline

/// The expected results of `SalesReport`, the report with eleven bands.
package enum ElevenBands {
  /// The number of orders that pass the filter, and the sum of their amounts.
  package static func total(of orders: SortedOrders) -> (records: Int, cents: Int64) {
    let amounts = orders.rows.filter(\.hasDate).compactMap(\.cents).filter { $0 >= 150 }
    return (amounts.count, amounts.reduce(0, +))
  }

  /// The expected line of the summary.
  package static func expectation(_ orders: SortedOrders) -> WrittenExpectation {
    let (records, cents) = total(of: orders)
    return WrittenExpectation(
      records: records, ending: ["In", "all", money(cents)])
  }

  /// A complaint about the aggregates of the report's pipeline: the number of orders, and the sums
  /// over all regions; nil when they are right.
  package static func complaint(
    about seen: ConsumedRun, records: Int, cents: Int64
  ) -> String? {
    if seen.records != records {
      return "\(seen.records) records arrived, and \(records) should have"
    }
    guard let result = seen.aggregation, let regions = result.groupings.first else {
      return "the run ended without aggregates"
    }
    if result.global != [.int64(Int64(records))] {
      return "the aggregates over all records are \(result.global), and not \(records)"
    }
    let sum = regions.groups.reduce(Int128(0)) { sum, region in
      if case .decimal(let amount)? = region.values.first { sum + amount.mantissa } else { sum }
    }
    return sum == Int128(cents)
      ? nil : "the regions come to \(sum) cents, and not to \(cents)"
  }

  /// Formats an amount, such as `1,234.50`.
  private static func money(_ cents: Int64) -> String {
    var digits = Array("\(cents / 100)")
    for position in stride(from: digits.count - 3, to: 0, by: -3) {
      digits.insert(",", at: position)
    }
    let rest = cents % 100
    return String(digits) + (rest < 10 ? ".0\(rest)" : ".\(rest)")
  }
}

extension MeasuredReport {
  /// The report with eleven bands.
  package static func elevenBands() throws -> MeasuredReport {
    try MeasuredReport(SalesReport.text)
  }
}
