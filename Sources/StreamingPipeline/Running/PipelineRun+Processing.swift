internal import Synchronization

// The path of a batch between source and consumer.

extension PipelineRun {
  /// Passes a batch through transformer and aggregator.
  ///
  /// - Parameters:
  ///   - batch: records as they came from the source.
  ///   - rest: what the producer keeps; nil where the buffer holds the records.
  /// - Returns: the records that passed; it may be empty.
  /// - Throws: whatever fails the run: a closure's error, too many failures, too many groups.
  func process(_ batch: Batch, rest: Occupancy?) throws -> Batch {
    let before = telemetry.isOn ? options.clock.now : nil
    let (outcome, counts, groupBytes) = chain.withLock { chain in
      (Result { try chain.process(batch) }, chain.counts, chain.groupBytes)
    }
    let delivered = (try? outcome.get().count) ?? 0
    let (weighing, progress) = life.withLock { life in
      let progress = life.progress
      life.advance(counts, taken: batch.rowCount, delivered: delivered, groupBytes: groupBytes)
      return (weigh(&life, rest, afterRead: false), progress)
    }
    if let before { report(batch, after: progress, since: before) }
    report(weighing)
    return try orFail {
      if groupBytes > options.memoryLimit {
        throw PipelineError.memoryExceeded(groupBytes: groupBytes, limit: options.memoryLimit)
      }
      return try outcome.get()
    }
  }

  private func report(_ batch: Batch, after previous: PipelineProgress, since before: Duration) {
    let now = options.clock.now
    let (progress, buffered, throughput) = life.withLock { life in
      (life.progress, life.held.records, life.throughput(at: now))
    }
    report(
      .batchTransformed(
        read: batch.rowCount, delivered: progress.delivered - previous.delivered,
        filtered: progress.transformed.filtered - previous.transformed.filtered,
        failed: progress.transformed.failed - previous.transformed.failed,
        duration: now - before, buffered: buffered))
    let rejected = chain.withLock { $0.takeRejectedRecords() }
    if rejected > 0 { report(.groupLimitReached(rejected: rejected)) }
    if let throughput {
      report(.throughput(records: throughput.records, duration: throughput.duration))
    }
  }

  /// Computes the aggregates over all records, which completes the run.
  func complete() throws {
    let before = options.clock.now
    let result = try orFail { try chain.withLock { try $0.aggregation() } }
    report(
      .aggregationComputed(
        records: result.records, groups: result.groupings.reduce(0) { $0 + $1.groups.count },
        duration: options.clock.now - before))
    end(.completed, result: result)
  }
}
