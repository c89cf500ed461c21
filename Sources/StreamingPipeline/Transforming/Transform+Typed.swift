// These methods are inlinable so that the closure is compiled into the loop at the call site:
// across modules the loop would otherwise call it once for each record.

extension Transform {
  /// Computes a field from one typed field; null gives null. The closure receives decimals as
  /// mantissas and timestamps as microseconds (`Int64`), and dates as days (`Int32`).
  ///
  /// The closure is also called, with a placeholder, for nulls, so it must not trap on any input:
  /// use `&+`, `&-` and `&*` where values may be large. Rows that an earlier filter dropped cost
  /// nothing.
  @inlinable @inline(__always)
  public static func map<Input: ColumnElement, Output: ColumnElement>(
    _ field: Field, from input: String, as _: Input.Type = Input.self,
    _ body: @escaping @Sendable (Input) -> Output
  ) -> Transform {
    Transform(field, inputs: [input]) { batch in
      let column = try batch.column(input)
      let values = try column.withValues(of: Input.self) { values in
        batch.computed { body(values[$0]) }
      }
      return Column(field.type, Output.storage(values), nullWhere: column)
    }
  }

  /// Computes a field from two typed fields; null where either is null. See `map(_:from:as:_:)`.
  @inlinable @inline(__always)
  public static func map<First: ColumnElement, Second: ColumnElement, Output: ColumnElement>(
    _ field: Field, from first: String, _ second: String,
    _ body: @escaping @Sendable (First, Second) -> Output
  ) -> Transform {
    Transform(field, inputs: [first, second]) { batch in
      let (left, right) = (try batch.column(first), try batch.column(second))
      let values = try left.withValues(of: First.self) { lefts in
        try right.withValues(of: Second.self) { rights in
          batch.computed { body(lefts[$0], rights[$0]) }
        }
      }
      return left.computed(field.type, Output.storage(values), with: right)
    }
  }

  /// Keeps the records for which a typed field satisfies a condition. Null does not satisfy it.
  @inlinable @inline(__always)
  public static func filter<Input: ColumnElement>(
    on field: String, as _: Input.Type = Input.self,
    _ isIncluded: @escaping @Sendable (Input) -> Bool
  ) -> Transform {
    Transform(maskedBy: { batch, mask in
      let column = try batch.column(field)
      try column.withValues(of: Input.self) { values in
        for lane in 0..<mask.count {
          let row = batch.selection.map { Int($0[lane]) } ?? lane
          mask[lane] =
            column.isNull(row) ? Mask.unknown : isIncluded(values[row]) ? Mask.yes : Mask.no
        }
      }
    })
  }
}

extension Batch {
  /// Computes a value for every row. Rows that are not selected get a placeholder.
  @inlinable @inline(__always)
  func computed<Output: ColumnElement>(_ value: (_ row: Int) -> Output) -> [Output] {
    [Output](unsafeUninitializedCapacity: rowCount) { output, count in
      if let selection {
        output.initialize(repeating: Output.placeholder)
        for row in selection { output[Int(row)] = value(Int(row)) }
      } else {
        for row in 0..<rowCount { output.initializeElement(at: row, to: value(row)) }
      }
      count = rowCount
    }
  }
}

extension Column {
  /// A column computed from this one and another; null where either is null.
  @usableFromInline
  func computed(_ type: FieldType, _ storage: Storage, with other: Column) -> Column {
    if other.validity == nil { return Column(type, storage, nullWhere: self) }
    if validity == nil { return Column(type, storage, nullWhere: other) }
    guard let mine = validity, let theirs = other.validity else { return Column(type, storage) }
    let joined = mine.joined(from: validityOffset, with: theirs, from: other.validityOffset, count)
    return Column(type, storage, validity: joined)
  }
}
