public import StreamingPipeline

/// A report in which every name exists and every type fits. Only `ReportChecker` makes one.
public struct CheckedReport: Sendable {
  /// The report as the parser or code made it.
  public let report: Report
  /// The fields of the report's source.
  public let schema: Schema
  /// The variables, each after those that it depends on.
  public let variablesInOrder: [Variable]
  /// The types of the variables' values.
  package let variableTypes: [String: FieldType]
  /// The types where only a record is known: in filters, keys, aggregates and charts.
  package let recordTyping: ExpressionTyping
  /// The types in bands and in variables, where variables have values.
  package let typing: ExpressionTyping

  /// The type of an expression in a band; nil for an expression that is always null.
  package func type(of expression: Expression) -> FieldType? { try? typing.type(of: expression) }

  /// The type of the value that an element shows; nil if it shows no value or is always null.
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
