/// One record of a batch, read value by value.
public struct Row: Sendable {
  private let batch: Batch
  private let row: Int

  init(batch: Batch, row: Int) {
    self.batch = batch
    self.row = row
  }

  /// The fields of the record.
  public var schema: Schema { batch.schema }

  /// The position of the record in the stream, counted from 0.
  public var position: Int { batch.position + row }

  /// The value of the field at this index in the schema.
  public subscript(index: Int) -> Value { batch.columns[index][row] }

  /// The value of a field; nil when there is no such field.
  public subscript(name: String) -> Value? {
    batch.schema.position(of: name).map { batch.columns[$0][row] }
  }

  /// All values, in the schema's order.
  public var values: [Value] { batch.columns.map { $0[row] } }
}

/// The records of a batch, in order.
public struct Rows: RandomAccessCollection, Sendable {
  let batch: Batch

  /// The first record.
  public var startIndex: Int { 0 }
  /// The number of records.
  public var endIndex: Int { batch.count }
  /// One record.
  public subscript(index: Int) -> Row {
    Row(batch: batch, row: batch.selection.map { Int($0[index]) } ?? index)
  }
}
