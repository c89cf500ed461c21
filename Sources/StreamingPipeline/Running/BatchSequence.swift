/// The batches of a run, in order. No batch is empty, and none has more than `maxDemand` records.
///
/// There is one consumer: a second iterator throws. Cancelling the iterating task throws
/// `CancellationError` and ends the run, as does dropping the iterator before the end.
public struct BatchSequence: AsyncSequence, Sendable {
  /// The sequence consists of batches.
  public typealias Element = Batch
  /// The sequence can throw any error, since sources and closures can.
  public typealias Failure = any Error

  let run: PipelineRun

  /// Makes the iterator of the only consumer.
  public func makeAsyncIterator() -> Iterator { Iterator(consumption: Consumption(run)) }

  /// Asks for batches, one at a time.
  public struct Iterator: AsyncIteratorProtocol {
    let consumption: Consumption

    /// The next batch; nil when the run is completed or stopped.
    public mutating func next() async throws -> Batch? { try await consumption.next() }

    /// The next batch; nil when the run is completed or stopped. It can be called from any
    /// isolation.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws -> Batch? {
      try await consumption.next(isolation: actor)
    }
  }
}
