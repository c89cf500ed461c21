/// The columns that an aggregation reads: the fields, followed by every computed column once.
///
/// So the batches that accumulators see have more columns than their schema has fields.
struct OperandColumns: Sendable {
  /// The fields of the records.
  let schema: Schema
  /// The types of all columns.
  private(set) var types: [FieldType]
  private var computed: [ComputedColumn] = []
  private var windows: [PaneColumn] = []

  init(_ schema: Schema) {
    self.schema = schema
    types = schema.fields.map(\.type)
  }

  /// The index of an operand's column, which is added if it is new.
  ///
  /// - Throws: `PipelineError.unknownField`, which names what uses the field (`usedBy`), and the
  ///   errors of checking a computed column.
  mutating func index(
    of operand: Operand, usedBy: @autoclosure () -> String
  ) throws(PipelineError) -> Int {
    switch operand {
    case .field(let name): return try schema.requirePosition(of: name, usedBy: usedBy())
    case .computed(let column):
      precondition(windows.isEmpty, "operands are found before windows")
      if let known = computed.firstIndex(of: column) { return schema.fields.count + known }
      types.append(try column.resolve(schema))
      computed.append(column)
      return types.count - 1
    }
  }

  /// The index of the column that holds the starts of a window's panes.
  ///
  /// - Throws: `PipelineError` for an invalid window.
  mutating func index(of window: Window) throws(PipelineError) -> Int {
    windows.append(try PaneColumn(window, schema: schema))
    types.append(window.startType)
    return types.count - 1
  }

  /// The batch with all columns.
  ///
  /// - Throws: the errors of computing a column, and `PipelineError.mismatchedColumns`.
  mutating func evaluate(_ batch: Batch) throws -> Batch {
    guard types.count > schema.fields.count else { return batch }
    var columns: [Column] = []
    columns.reserveCapacity(types.count - schema.fields.count)
    for expression in computed {
      let column = try expression.evaluate(batch)
      let type = types[schema.fields.count + columns.count]
      guard column.count == batch.rowCount, column.type == type else {
        throw PipelineError.mismatchedColumns(
          "\(expression.text) is \(type) × \(batch.rowCount), "
            + "evaluating it returned \(column.type) × \(column.count)")
      }
      columns.append(column)
    }
    for index in windows.indices { columns.append(windows[index].starts(batch)) }
    return Batch(
      schema: batch.schema, columns: batch.columns.appending(columns), rowCount: batch.rowCount,
      selection: batch.selection, position: batch.position)
  }
}

/// Computes the pane of a window that each record belongs to.
struct PaneColumn: Sendable {
  private let window: Window
  /// The index of the time field; nil where records are counted.
  private let column: Int?
  /// The number of records seen so far.
  private var ordinal: Int64 = 0

  init(_ window: Window, schema: Schema) throws(PipelineError) {
    try window.validate(schema)
    self.window = window
    column =
      if case .time(let field) = window.measure {
        try schema.requirePosition(of: field, usedBy: "window")
      } else { nil }
  }

  /// The start of every record's pane.
  mutating func starts(_ batch: Batch) -> Column {
    let pane = window.pane
    guard let column else {
      var starts = [Int64](repeating: 0, count: batch.rowCount)
      batch.withLanes { lanes in
        lanes.forEach { lane, row in
          let index = ordinal &+ Int64(lane)
          starts[row] = index &- index % pane
        }
      }
      ordinal += Int64(batch.count)
      return Column(.int64, .int64(starts))
    }
    let times = batch.columns[column]
    var starts = [Int64](repeating: 0, count: batch.rowCount)
    let unit: Int64 = times.type == .date ? CalendarUnit.microsecondsADay : 1
    let input = ColumnLanes(
      column: times, lanes: Lanes(count: batch.rowCount, selection: nil), position: 0)
    input.forEachInteger { _, row, time in
      let (instant, overflow) = time.multipliedReportingOverflow(by: unit)
      starts[row] = overflow ? 0 : floored(instant, by: pane) &* pane
    }
    return Column(.timestamp, .int64(starts), nullWhere: times)
  }
}
