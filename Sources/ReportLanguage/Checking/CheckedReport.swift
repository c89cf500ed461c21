public import StreamingPipeline

/// A report whose every name exists and whose every type fits. Only `ReportChecker` makes one.
public struct CheckedReport: Sendable {
  /// The report as it is written.
  public let report: Report
  /// The fields of its source.
  public let schema: Schema
  /// The variables, each after those that it needs.
  public let variablesInOrder: [Variable]
  /// What the values of variables are.
  package let variableTypes: [String: FieldType]
  /// Types where a record is at hand, and nothing more: in filters, keys, aggregates and charts.
  package let recordTyping: ExpressionTyping
  /// Types in bands and in variables, where variables have values.
  package let typing: ExpressionTyping

  /// The type of an expression in a band; nil of what is always null.
  package func type(of expression: Expression) -> FieldType? { try? typing.type(of: expression) }

  /// The type of the value that an element shows; nil of one without a value, or always null.
  package func type(of element: Element) -> FieldType? {
    switch element.content {
    case .label, .line, .box, .image, .chart: nil
    case .field(let name): type(of: Expression(.field([name])))
    case .expression(let expression): type(of: expression)
    case .aggregate(let function, let operand, _):
      function.resultType(of: operand.flatMap { try? recordTyping.type(of: $0) })
    }
  }
}
