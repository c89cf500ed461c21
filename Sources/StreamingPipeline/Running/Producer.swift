/// The first stage: reads chunks of a source and gives each record its position in the stream.
struct Producer {
  private let cursor: any SourceCursor
  private let chunkSize: Int
  private var position = 0
  private var rest: Batch?

  /// Opens the source.
  init(_ source: any Source, options: PipelineOptions) throws {
    cursor = try source.open()
    chunkSize = min(options.chunkSize, options.bufferSize)
  }

  /// Up to `demand` records; what a chunk has beyond that is kept for the next time.
  ///
  /// - Throws: what the source throws, and `PipelineError.brokenDemand`.
  mutating func next(atMost demand: Int) throws -> Batch? {
    guard let chunk = try rest.take() ?? read(atMost: chunkSize) else { return nil }
    guard chunk.rowCount > demand else { return chunk }
    rest = chunk.window(demand..<chunk.rowCount)
    return chunk.window(0..<demand)
  }

  /// Up to `count` records in one read of the source.
  mutating func read(atMost count: Int) throws -> Batch? {
    guard let batch = try cursor.next(atMost: count) else { return nil }
    guard batch.rowCount > 0, batch.rowCount <= count, batch.selection == nil else {
      throw PipelineError.brokenDemand(asked: count, returned: batch.rowCount)
    }
    defer { position += batch.rowCount }
    return batch.moved(to: position)
  }
}
