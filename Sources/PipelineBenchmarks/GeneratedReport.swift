package import ReportLanguage

/// A report over orders of any size: so many elements, in details so many bands deep.
package struct GeneratedReport: Sendable {
  /// A label in the title, and three figures in the summary.
  private static let elementsElsewhere = 4

  package let report: Report
  /// The innermost elements: of all details, counted from 0.
  private let innermost: Range<Int>

  /// - Parameters:
  ///   - elements: how many in all, at least four more than `nesting`.
  ///   - nesting: how many bands deep the innermost elements stand.
  package init(elements: Int, nesting: Int) {
    let details = (0..<elements - Self.elementsElsewhere).map(Self.detail)
    let shares = Self.shares(of: details.count, nesting)
    innermost = details.count - shares[nesting - 1]..<details.count
    var report = Report("generated", title: "Orders", source: "orders")
    report.bands = [
      Band(.title, elements: [Element(.label("Orders"))]), Self.band(details[...], shares[...]),
      Band(
        .summary,
        elements: [
          Element(.aggregate(.count, of: nil, scope: .report)),
          Element(.aggregate(.sum, of: .field("id"), scope: .report)),
          Element(.aggregate(.sum, of: Self.expression(7), scope: .report)),
        ]),
    ]
    self.report = report
  }

  /// How many elements each band has, the outermost first: nearly as many as any other.
  private static func shares(of count: Int, _ nesting: Int) -> [Int] {
    (0..<nesting).map { count * ($0 + 1) / nesting - count * $0 / nesting }
  }

  private static func band(_ elements: ArraySlice<Element>, _ shares: ArraySlice<Int>) -> Band {
    let own = elements.prefix(shares.first ?? 0)
    let inner = elements.dropFirst(own.count)
    return Band(
      .detail, elements: Array(own), bands: inner.isEmpty ? [] : [band(inner, shares.dropFirst())])
  }

  private static func detail(_ index: Int) -> Element {
    Element(.expression(expression(Int64(index)))).heading("figure \(index)").width(12)
      .aligned(.right)
  }

  /// A figure of an order, from two of its fields.
  private static func expression(_ index: Int64) -> Expression {
    .field("quantity") * Expression(integerLiteral: index) + .field("id")
      % Expression(integerLiteral: index + 1)
  }

  /// The same, worked out.
  package static func aggregate(_ index: Int64, id: Int64, quantity: Int64) -> Int64 {
    quantity * index + id % (index + 1)
  }
}

extension GeneratedReport {
  /// What the report over these orders ends with: the innermost figures of the last order, then
  /// those over all.
  package func expectation(_ orders: SortedOrders) -> WrittenExpectation {
    let count = Int64(orders.rows.count)
    let sum = orders.rows.reduce(0) {
      $0 + Self.aggregate(7, id: $1.id, quantity: $1.quantity)
    }
    let last = orders.rows.last.map { order in
      innermost.map { Self.aggregate(Int64($0), id: order.id, quantity: order.quantity) }
    }
    let aggregates = (last ?? []) + [count, count * (count + 1) / 2, sum]
    return WrittenExpectation(records: orders.rows.count, ending: aggregates.map { "\($0)" })
  }
}
