/// A condition whose fields have been resolved.
enum PreparedCondition: Sendable {
  case predicate(PreparedPredicate)
  /// The index of a column of truth values.
  case column(Int)

  /// - Throws: `PipelineError` for fields that do not exist, values of another type, and computed
  ///   columns that are not truth values.
  init(_ condition: Condition, operands: inout OperandColumns) throws(PipelineError) {
    switch condition {
    case .predicate(let predicate):
      self = .predicate(try PreparedPredicate(predicate.node, schema: operands.schema))
    case .computed(let column):
      let index = try operands.index(of: .computed(column), usedBy: column.text)
      guard operands.types[index] == .bool else {
        throw .wrongType(field: column.text, type: operands.types[index], wanted: "a condition")
      }
      self = .column(index)
    }
  }

  /// Writes the answer for every lane into `mask`.
  func evaluate(_ batch: Batch, _ lanes: Lanes, into mask: UnsafeMutablePointer<UInt8>) {
    switch self {
    case .predicate(let predicate): predicate.evaluate(batch, lanes, into: mask)
    case .column(let index):
      let column = batch.columns[index]
      ColumnLanes(column: column, lanes: lanes, position: 0).forEachInteger { lane, _, truth in
        mask[lane] = truth == 1 ? Mask.yes : Mask.no
      }
      lanes.forEachNull(column) { mask[$0] = Mask.unknown }
    }
  }
}
