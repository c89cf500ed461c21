internal import Synchronization

/// Distributes batches to workers on other cores and merges their states into exactly the state
/// that a single worker would have had.
///
/// Any worker may take any batch, because no aggregate depends on which worker has seen which
/// record: sums are exact, first and last go by position, and sketches depend only on the values.
/// So records need no preparation before they are handed over. (Distributing records by a hash of
/// their keys, so that each group has one worker, cost the producing thread a third of the time of
/// aggregating them, and left a second core nothing to gain.)
///
/// Only the limit on groups depends on the order of the stream. Workers therefore reject nothing.
/// When one of them has as many groups as are permitted, `isFull` is true, and a single state has
/// to continue from the merged one.
///
/// There are as many threads as workers: the one that brings batches, and for each further worker a
/// task, which ends when there is nothing to do. No thread waits for work or for another thread: if
/// a worker is in use, the next one is tried. Where too many batches wait, the thread that brings
/// them aggregates some itself.
final class PartitionedAggregation: Sendable {
  /// The most workers that a run may have.
  static let mostWorkers = 64
  /// The most batches that may wait, for each worker.
  private static let capacity = 12
  /// The number of batches that must wait, for each worker, before a task is started: starting a
  /// task and waking its thread takes about as long as aggregating a thousand records.
  private static let gathered = 4

  private let plan: AggregationPlan
  private let workers: [PartitionWorker]
  private let queue = PartitionQueue()
  private let attendants = Atomic<Int>(0)

  init(_ plan: AggregationPlan, workers count: Int) {
    self.plan = plan
    var unlimited = plan
    unlimited.maxGroups = .max
    workers = (0..<count).map { [unlimited] _ in PartitionWorker(unlimited) }
  }

  /// Queues a batch, and aggregates some if too many wait.
  func hand(_ batch: Batch) {
    var waiting = queue.add(batch)
    if waiting >= Self.gathered * workers.count { summon() }
    while waiting > Self.capacity * workers.count {
      help(workers)
      waiting = queue.count
    }
  }

  /// Whether a worker has as many groups as are permitted.
  var isFull: Bool { workers.contains { $0.mostGroups >= plan.maxGroups } }

  /// The state that a single worker would have arrived at. Batches that wait are added first.
  func merged() -> AggregationState {
    while queue.count > 0 { help(workers) }
    return AggregationState(plan, merging: workers.map { $0.copy() })
  }

  /// An estimate of the bytes that all workers hold.
  var heldBytes: Int { workers.reduce(0) { $0 + $1.heldBytes } }

  /// Adds one batch, if one waits, with the first worker that is free. Because workers may become
  /// free and busy while they are tried, none may be found: only an empty queue means that nothing
  /// waits.
  private func help(_ workers: some Sequence<PartitionWorker>) {
    for worker in workers where worker.advance(queue) { return }
  }

  private func summon() {
    let (before, _) = attendants.add(1, ordering: .relaxed)
    guard before < workers.count - 1 else {
      attendants.subtract(1, ordering: .relaxed)
      return
    }
    Task.detached { [self] in
      // The last worker is tried first, because the thread that brings batches begins with the
      // first.
      while queue.count > 0 { help(workers.reversed()) }
      attendants.subtract(1, ordering: .relaxed)
    }
  }
}
