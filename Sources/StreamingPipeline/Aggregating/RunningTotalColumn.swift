/// Computes the running totals of one definition, batch after batch.
struct RunningTotalColumn {
  /// The fields of the batches with their totals.
  let schema: Schema
  private let name: String
  private let type: FieldType
  private let operand: Int
  private let totalIndex: Int
  private var operands: OperandColumns
  private var table: GroupTable?
  private var integers: [Int128] = [0]
  private var doubles = DoubleTotals()
  /// Whether a bin has had a value.
  private var isStarted = [false]

  /// - Throws: `PipelineError` for operands that do not exist or cannot be added up.
  init(_ total: RunningTotal, input: Schema) throws(PipelineError) {
    let usedBy = "running total \(total.name)"
    name = total.name
    operands = OperandColumns(input)
    operand = try operands.index(of: total.operand, usedBy: usedBy)
    type = operands.types[operand]
    guard type.isNumeric else {
      throw .wrongType(field: "\(total.operand)", type: type, wanted: "a number for a \(usedBy)")
    }
    var keys: [(column: Int, type: FieldType)] = []
    for key in total.keys {
      let column = try operands.index(of: key, usedBy: usedBy)
      keys.append((column, operands.types[column]))
    }
    if !keys.isEmpty { table = GroupTable(keys: keys, maxGroups: Int(Int32.max)) }
    schema = try input.setting(Field(total.name, type))
    totalIndex = try schema.requirePosition(of: total.name, usedBy: usedBy)
    grow(to: 2)
  }

  private mutating func grow(to bins: Int) {
    guard bins > isStarted.count else { return }
    let more = bins - isStarted.count
    isStarted.append(contentsOf: repeatElement(false, count: more))
    integers.append(contentsOf: repeatElement(0, count: more))
    doubles.grow(to: bins)
  }

  /// The batch with the running totals of its records.
  ///
  /// - Throws: the errors of computing a column, and `PipelineError.overflow`.
  mutating func add(to batch: Batch) throws -> Batch {
    let evaluated = try operands.evaluate(batch)
    let totals = try evaluated.withLanes { lanes in
      table?.assign(evaluated, lanes)
      if let table { grow(to: table.count + 1) }
      return try add(
        ColumnLanes(column: evaluated.columns[operand], lanes: lanes, position: 0),
        rows: batch.rowCount)
    }
    return batch.setting(totals, at: totalIndex, schema: schema)
  }

  private mutating func add(_ input: ColumnLanes, rows: Int) throws(PipelineError) -> Column {
    var isNull = [Bool](repeating: false, count: rows)
    var sums = [Int64](repeating: 0, count: type == .double ? 0 : rows)
    var roundedSums = [Double](repeating: 0, count: type == .double ? rows : 0)
    var overflows = false
    input.forEachInteger { lane, row, value in
      let bin = start(lane, row, input.column, &isNull)
      if !input.column.isNull(row) { integers[bin] += Int128(value) }
      sums[row] = Int64(truncatingIfNeeded: integers[bin])
      overflows = overflows || Int128(sums[row]) != integers[bin]
    }
    input.forEachDouble { lane, row, value in
      let bin = start(lane, row, input.column, &isNull)
      if !input.column.isNull(row) { doubles.add(value, to: UInt32(bin)) }
      roundedSums[row] = doubles.value(bin)
    }
    if overflows { throw .overflow(aggregate: "running total \(name)") }
    return Column(
      type, type == .double ? .double(roundedSums) : .int64(sums),
      validity: Validity.of(count: rows) { !isNull[$0] })
  }

  /// Starts the total of a lane's bin. A bin has a total once one of its records has had a value.
  private mutating func start(
    _ lane: Int, _ row: Int, _ column: Column, _ isNull: inout [Bool]
  ) -> Int {
    let bin = table.map { Int($0.bins[lane]) } ?? 1
    if !column.isNull(row) { isStarted[bin] = true }
    isNull[row] = !isStarted[bin]
    return bin
  }
}
