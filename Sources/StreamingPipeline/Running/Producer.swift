/// The first stage: reads chunks of a source, gives each record its position in the stream, and
/// continues from the last key after a failure.
struct Producer {
  /// The result of one attempt to read.
  enum Attempt {
    case read(Batch)
    case ended
    /// The source failed; the same attempt should be made again after `delay`.
    case failed(any Error, retry: Int, delay: Duration)
  }

  private let source: any Source
  private var retries: RetryPolicy
  private var cursor: (any SourceCursor)?
  private(set) var position = SourcePosition.start
  /// The part of the last chunk beyond the demand.
  private var rest: Batch?
  /// The bytes of the last chunk.
  private(set) var chunkBytes = 0

  init(_ source: any Source, options: PipelineOptions) {
    self.source = source
    retries = RetryPolicy(permitted: options.retries, firstDelay: options.retryDelay)
  }

  /// The next records, up to `demand`, read in chunks of up to `chunk`. The part of a chunk beyond
  /// the demand is kept for the next call.
  ///
  /// - Throws: errors of the source that are not worth a retry, `SourceFailure` after the last
  ///   retry, and `PipelineError.brokenDemand`.
  mutating func next(atMost demand: Int, chunk: Int) throws -> Attempt {
    if let kept = rest.take() { return .read(cut(kept, demand)) }
    let attempt = try read(atMost: chunk)
    guard case .read(let batch) = attempt else { return attempt }
    return .read(cut(batch, demand))
  }

  private mutating func cut(_ chunk: Batch, _ demand: Int) -> Batch {
    guard chunk.rowCount > demand else { return chunk }
    rest = chunk.window(demand..<chunk.rowCount)
    return chunk.window(0..<demand)
  }

  /// Up to `count` records from one read of the source. It throws as `next(atMost:chunk:)` does.
  mutating func read(atMost count: Int) throws -> Attempt {
    do {
      let batch = try fetch(count)
      retries.succeed()
      return batch.map { .read($0) } ?? .ended
    } catch {
      cursor = nil
      guard !(error is PipelineError), source.isTransient(error) else { throw error }
      guard let delay = retries.fail() else {
        throw SourceFailure(
          underlying: error, retries: retries.failures, recordsDelivered: position.records)
      }
      return .failed(error, retry: retries.failures, delay: delay)
    }
  }

  private mutating func fetch(_ count: Int) throws -> Batch? {
    let cursor = try cursor ?? source.open(after: position)
    self.cursor = cursor
    guard let batch = try cursor.next(atMost: count) else { return nil }
    guard batch.rowCount > 0, batch.rowCount <= count, batch.selection == nil else {
      throw PipelineError.brokenDemand(asked: count, returned: batch.rowCount)
    }
    defer {
      position = SourcePosition(records: position.records + batch.rowCount, key: cursor.key)
      chunkBytes = batch.byteCount
    }
    return batch.moved(to: position.records)
  }

  /// The records kept for the next call. A part of a chunk keeps the buffers of the whole chunk.
  var held: Occupancy {
    rest.map { Occupancy(records: $0.rowCount, bytes: chunkBytes) } ?? Occupancy()
  }

  /// Closes the source.
  mutating func close() {
    cursor = nil
    rest = nil
  }
}
