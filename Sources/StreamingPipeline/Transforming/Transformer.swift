/// Applies the steps of a definition to batches, in order.
struct Transformer {
  private enum Prepared {
    case filter(PreparedPredicate)
    case filterColumns(@Sendable (Batch, UnsafeMutableBufferPointer<UInt8>) throws -> Void)
    case filterRows(@Sendable (Row) throws -> Bool)
    case column(Field, Int, Schema, @Sendable (Batch) throws -> Column)
    case rows(Field, Int, Schema, @Sendable (Row) throws -> Value)
  }

  /// The fields of the batches that leave the transformer.
  let schema: Schema
  private let steps: [Prepared]
  private let maxFailures: Int?
  private(set) var counts = TransformCounts()

  /// Resolves the fields of all steps.
  ///
  /// - Throws: `PipelineError` for fields that do not exist and values of the wrong type.
  init(_ transforms: [Transform], input: Schema, maxFailures: Int?) throws(PipelineError) {
    var schema = input
    var steps: [Prepared] = []
    for transform in transforms {
      steps.append(try Self.prepare(transform.step, &schema))
    }
    self.steps = steps
    self.schema = schema
    self.maxFailures = maxFailures
  }

  private static func prepare(
    _ step: Transform.Step, _ schema: inout Schema
  ) throws(PipelineError) -> Prepared {
    switch step {
    case .filter(let predicate):
      return .filter(try PreparedPredicate(predicate.node, schema: schema))
    case .filterColumns(let body): return .filterColumns(body)
    case .filterRows(let body): return .filterRows(body)
    case .column(let field, let inputs, let body):
      for input in inputs { _ = try schema.requirePosition(of: input, usedBy: "map") }
      schema = try schema.setting(field)
      let index = try schema.requirePosition(of: field.name, usedBy: "map")
      return .column(field, index, schema, body)
    case .rows(let field, let body):
      schema = try schema.setting(field)
      let index = try schema.requirePosition(of: field.name, usedBy: "map")
      return .rows(field, index, schema, body)
    case .convert(let name, let type):
      let index = try schema.requirePosition(of: name, usedBy: "convert")
      let conversion = try Conversion(of: schema.fields[index], to: type)
      schema = try schema.setting(Field(name, type))
      return .rows(Field(name, type), index, schema) { try conversion($0[index]) }
    case .replaceNull(let name, let value):
      let index = try schema.requirePosition(of: name, usedBy: "replaceNull")
      let field = schema.fields[index]
      var builder = ColumnBuilder(field)
      try builder.append(value)
      return .column(field, index, schema) { try $0.replacingNull(at: index, with: value) }
    }
  }

  /// The records of a batch that pass, transformed; it may be empty.
  ///
  /// - Throws: the errors of batch-wise closures, and `PipelineError.tooManyFailures`.
  mutating func apply(_ batch: Batch) throws -> Batch {
    counts.read += batch.count
    var batch = batch
    for step in steps where batch.count > 0 {
      switch step {
      case .filter(let predicate):
        batch = keep(batch) { batch, mask in
          guard let base = mask.baseAddress else { return }
          batch.withLanes { predicate.evaluate(batch, $0, into: base) }
        }
      case .filterColumns(let body): batch = try keep(batch, body)
      case .filterRows(let body): batch = try keepRows(batch, body)
      case .column(let field, let index, let schema, let body):
        batch = try replace(batch, field, index, schema, body)
      case .rows(let field, let index, let schema, let body):
        batch = try mapRows(batch, field, index, schema, body)
      }
    }
    return batch
  }

  private mutating func keep(
    _ batch: Batch, _ fill: (Batch, UnsafeMutableBufferPointer<UInt8>) throws -> Void
  ) rethrows -> Batch {
    let lanes = batch.count
    let kept = try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: lanes) { mask in
      try fill(batch, mask)
      return compress(batch, mask)
    }
    counts.filtered += lanes - kept.count
    return kept.count == lanes ? batch : batch.selecting(kept)
  }

  private mutating func replace(
    _ batch: Batch, _ field: Field, _ index: Int, _ schema: Schema,
    _ body: @Sendable (Batch) throws -> Column
  ) throws -> Batch {
    let column = try body(batch)
    guard column.count == batch.rowCount, column.type == field.type else {
      throw PipelineError.mismatchedColumns(
        "field \(field.name) is \(field.type) × \(batch.rowCount), "
          + "its map returned \(column.type) × \(column.count)")
    }
    return batch.setting(column, at: index, schema: schema)
  }
}

/// The rows whose lane is answered with yes. Every row is stored and only the index moves, by the
/// upper bit of the answer: a branch on data that is not sorted would be mispredicted, and a
/// comparison here is compiled into one.
private func compress(_ batch: Batch, _ mask: UnsafeMutableBufferPointer<UInt8>) -> [UInt32] {
  [UInt32](unsafeUninitializedCapacity: mask.count) { output, count in
    var kept = 0
    batch.withLanes { lanes in
      lanes.forEach { lane, row in
        output[kept] = UInt32(truncatingIfNeeded: row)
        kept &+= Int(mask[lane] >> 1)
      }
    }
    count = kept
  }
}

extension Transformer {
  private mutating func keepRows(
    _ batch: Batch, _ isIncluded: (Row) throws -> Bool
  ) throws -> Batch {
    var kept: [UInt32] = []
    kept.reserveCapacity(batch.count)
    for row in batch.rows {
      do {
        if try isIncluded(row) {
          kept.append(UInt32(row.position - batch.position))
        } else {
          counts.filtered += 1
        }
      } catch {
        try recordFailure(of: row, error)
      }
    }
    return kept.count == batch.count ? batch : batch.selecting(kept)
  }

  private mutating func mapRows(
    _ batch: Batch, _ field: Field, _ index: Int, _ schema: Schema,
    _ body: (Row) throws -> Value
  ) throws -> Batch {
    var builder = ColumnBuilder(field, capacity: batch.rowCount)
    var kept: [UInt32] = []
    kept.reserveCapacity(batch.count)
    var filled = 0
    for row in batch.rows {
      let index = row.position - batch.position
      while filled < index {
        builder.appendNull()
        filled += 1
      }
      do {
        try builder.append(try body(row))
        filled += 1
        kept.append(UInt32(index))
      } catch {
        try recordFailure(of: row, error)
      }
    }
    while filled < batch.rowCount {
      builder.appendNull()
      filled += 1
    }
    let mapped = batch.setting(builder.finish(), at: index, schema: schema)
    return kept.count == batch.count ? mapped : mapped.selecting(kept)
  }

  private mutating func recordFailure(of row: Row, _ error: any Error) throws(PipelineError) {
    counts.failed += 1
    let key = row.schema.key.flatMap { row[$0] }
    if counts.failures.count < TransformCounts.retainedFailures {
      counts.failures.append(FailedRecord(position: row.position, key: key, error: error))
    }
    if let maxFailures, counts.failed > maxFailures {
      let first = counts.failures[0]
      throw .tooManyFailures(
        permitted: maxFailures,
        first: "record \(first.key.map(\.description) ?? "at \(first.position)"): \(first.error)")
    }
  }
}
