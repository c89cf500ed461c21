/// An expression over the fields of a record, evaluated one batch at a time.
///
/// An expression language connects to the engine here: it checks an expression, states the type of
/// its values, and passes a closure that evaluates whole columns. A column that an aggregation
/// names several times is evaluated once for each batch.
///
/// Columns are identified by their text: two columns with the same text are the same.
///
/// ```swift
/// let hasAmount = ComputedColumn("amount is not null", .bool, from: ["amount"]) { batch in
///   let amounts = try batch.column("amount")
///   return Column(.bool, .bool((0..<amounts.count).map { !amounts.isNull($0) }))
/// }
/// ```
public struct ComputedColumn: Sendable {
  /// The expression as it is written; it names the column in results and errors.
  public let text: String
  let resolve: @Sendable (Schema) throws(PipelineError) -> FieldType
  let evaluate: @Sendable (Batch) throws -> Column

  /// Makes a column.
  ///
  /// - Parameters:
  ///   - text: the expression as it is written.
  ///   - type: the type of its values.
  ///   - inputs: the fields it reads; the pipeline does not start when one does not exist.
  ///   - evaluate: returns a column of that type with a row for every row of the batch's columns,
  ///     selected or not: it must not trap on a row that a filter dropped. An error that it throws
  ///     fails the pipeline.
  public init(
    _ text: String, _ type: FieldType, from inputs: [String] = [],
    _ evaluate: @escaping @Sendable (Batch) throws -> Column
  ) {
    self.init(text) { schema throws(PipelineError) in
      for input in inputs { _ = try schema.requirePosition(of: input, usedBy: text) }
      return type
    } evaluate: {
      try evaluate($0)
    }
  }

  init(
    _ text: String,
    resolve: @escaping @Sendable (Schema) throws(PipelineError) -> FieldType,
    evaluate: @escaping @Sendable (Batch) throws -> Column
  ) {
    self.text = text
    self.resolve = resolve
    self.evaluate = evaluate
  }
}

extension ComputedColumn: Hashable {
  /// Columns of the same text are the same.
  public static func == (left: ComputedColumn, right: ComputedColumn) -> Bool {
    left.text == right.text
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
