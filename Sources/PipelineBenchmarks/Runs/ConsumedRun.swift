package import StreamingPipeline

/// What a consumer saw of one run of a pipeline, from the source to the end.
package struct ConsumedRun: Sendable {
  package var records = 0
  /// The sum of the consumed field without nulls, in cents for money.
  package var sum: Int64 = 0
  package var aggregation: AggregationResult?

  package init() {}

  /// Runs a pipeline to its end, on this thread. The consumer reads one field of every record that
  /// arrives.
  package init(
    of definition: PipelineDefinition, consuming field: String,
    options: PipelineOptions = PipelineOptions()
  ) throws {
    let run = try Pipeline.start(definition, options: options)
    let position = try run.schema.requirePosition(of: field, usedBy: "consumer")
    aggregation = try run.forEachBatch { batch in
      try add(batch, position)
    }
  }

  /// Reads a source through its cursor, without a pipeline, in chunks of the size that a pipeline
  /// reads by default.
  package init(draining source: some Source, consuming field: String) throws {
    let position = try source.schema.requirePosition(of: field, usedBy: "consumer")
    let cursor = try source.open()
    let chunk = PipelineOptions().chunkSize
    while let batch = try cursor.next(atMost: chunk) {
      try add(batch, position)
    }
  }

  mutating func add(_ batch: Batch, _ position: Int) throws {
    records += batch.count
    let column = batch.columns[position]
    sum &+= try column.withValues(of: Int64.self) { values in
      if let selection = batch.selection { return sumOf(values, selection, column) }
      return column.validity == nil ? sumOf(values) : sumOf(values, column)
    }
  }
}

private func sumOf(_ values: UnsafeBufferPointer<Int64>) -> Int64 {
  var sum: Int64 = 0
  for value in values { sum &+= value }
  return sum
}

private func sumOf(_ values: UnsafeBufferPointer<Int64>, _ column: Column) -> Int64 {
  var sum: Int64 = 0
  for row in values.indices where !column.isNull(row) { sum &+= values[row] }
  return sum
}

private func sumOf(
  _ values: UnsafeBufferPointer<Int64>, _ selection: [UInt32], _ column: Column
) -> Int64 {
  var sum: Int64 = 0
  for row in selection where !column.isNull(Int(row)) { sum &+= values[Int(row)] }
  return sum
}
