/// The batches of a run, in order, none of them empty, each at most `maxDemand` records.
///
/// There is one consumer: a second iterator throws. Cancelling the task that iterates throws
/// `CancellationError` and tears the run down, as does dropping the iterator.
public struct BatchSequence: AsyncSequence, Sendable {
  /// Batches are what is iterated.
  public typealias Element = Batch
  /// Sources and closures may throw anything.
  public typealias Failure = any Error

  let run: PipelineRun

  /// The consumer; there can be one.
  public func makeAsyncIterator() -> Iterator { Iterator(consumption: Consumption(run)) }

  /// Asks for batches, one at a time.
  public struct Iterator: AsyncIteratorProtocol {
    let consumption: Consumption

    /// The next batch; nil when the run is completed or stopped.
    public mutating func next() async throws -> Batch? { try await consumption.next() }

    /// The same from any isolation.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws -> Batch? {
      try await consumption.next(isolation: actor)
    }
  }
}
