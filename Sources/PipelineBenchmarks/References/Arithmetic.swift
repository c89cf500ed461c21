import ReportLanguage
package import StreamingPipeline

/// Evaluates `(price + tax) * quantity - discount / rate` over doubles, by the language and by a
/// handwritten loop.
package struct Arithmetic: Sendable {
  private static let names = ["price", "tax", "quantity", "discount", "rate"]

  private let evaluator: Evaluator
  private let batches: [Batch]
  private let records: Int

  /// Makes this many records, in batches as a source makes them.
  package init(records: Int) throws {
    let schema = try Schema(Self.names.map { Field($0, .double) })
    let chunk = PipelineOptions().chunkSize
    self.records = records
    batches = try stride(from: 0, to: records, by: chunk).map { start in
      let columns = schema.fields.enumerated().map { position, field in
        var builder = ColumnBuilder(field, capacity: chunk)
        for record in start..<min(records, start + chunk) {
          builder.append(Self.value(record, position))
        }
        return builder.finish()
      }
      return try Batch(schema: schema, columns: columns)
    }
    let sum: Expression = (.field("price") + .field("tax")) * .field("quantity")
    evaluator = try ExpressionCompiler(typing: ExpressionTyping(schema: schema))
      .compile(sum - .field("discount") / .field("rate"))
  }

  /// The value of a field, which is never 0.
  private static func value(_ record: Int, _ position: Int) -> Double {
    Double(record % 97 + position + 1) * 0.25
  }

  /// Evaluates the expression to one column for each batch.
  package func evaluate() throws -> [Column] {
    try batches.map { batch in
      try evaluator.column(Frame(rowCount: batch.rowCount, columns: Array(batch.columns)))
    }
  }

  package func evaluateByHand() throws -> [Column] {
    batches.map { batch in
      let lanes = batch.columns.map(Self.doubles)
      let (price, tax, quantity) = (lanes[0], lanes[1], lanes[2])
      let (discount, rate) = (lanes[3], lanes[4])
      let results = price.indices.map { row in
        (price[row] + tax[row]) * quantity[row] - discount[row] / rate[row]
      }
      return Column(.double, .double(results))
    }
  }

  private static func doubles(_ column: Column) -> [Double] {
    if case .double(let values) = column.storage { values } else { [] }
  }

  /// A complaint about a result that is wrong; else nil.
  package func complaint(about columns: [Column]) -> String? {
    let found = columns.flatMap { column in (0..<column.count).map { column[$0] } }
    guard found.count == records else { return "\(found.count) values came, and not \(records)" }
    for (record, value) in found.enumerated() {
      func part(_ position: Int) -> Double { Self.value(record, position) }
      let expected = (part(0) + part(1)) * part(2) - part(3) / part(4)
      if value != .double(expected) { return "value \(record) is \(value), and not \(expected)" }
    }
    return nil
  }
}
