package import ReportLanguage

/// A generated report over orders, with any number of elements and any depth of nested detail
/// bands.
package struct GeneratedReport: Sendable {
  /// The elements outside of details: a label in the title, and three aggregates in the summary.
  private static let elementsElsewhere = 4

  package let report: Report
  /// The indices of the innermost elements among those of all details, counted from 0.
  private let innermost: Range<Int>

  /// - Parameters:
  ///   - elements: the number of all elements, at least four more than `nesting`.
  ///   - nesting: the number of bands around the innermost elements.
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

  /// The number of elements of each band, outermost first, divided as evenly as possible.
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
    Element(.expression(expression(Int64(index)))).heading("number \(index)").width(12)
      .aligned(.right)
  }

  /// The expression of an element, computed from two fields of an order.
  private static func expression(_ index: Int64) -> Expression {
    .field("quantity") * Expression(integerLiteral: index) + .field("id")
      % Expression(integerLiteral: index + 1)
  }

  /// The expected value of the expression.
  package static func value(_ index: Int64, id: Int64, quantity: Int64) -> Int64 {
    quantity * index + id % (index + 1)
  }
}

extension GeneratedReport {
  /// The expected end of the report over these orders: the innermost values of the last order, and
  /// then the aggregates over all.
  package func expectation(_ orders: SortedOrders) -> WrittenExpectation {
    let count = Int64(orders.rows.count)
    let sum = orders.rows.reduce(0) {
      $0 + Self.value(7, id: $1.id, quantity: $1.quantity)
    }
    let last = orders.rows.last.map { order in
      innermost.map { Self.value(Int64($0), id: order.id, quantity: order.quantity) }
    }
    let values = (last ?? []) + [count, count * (count + 1) / 2, sum]
    return WrittenExpectation(records: orders.rows.count, ending: values.map { "\($0)" })
  }
}
