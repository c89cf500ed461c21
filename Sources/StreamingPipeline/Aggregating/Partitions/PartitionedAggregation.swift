internal import Synchronization

/// Hands batches to workers on other cores and merges what they come to: exactly what a single
/// worker would have.
///
/// Any worker may take any batch, because no figure depends on who has seen which record: sums are
/// exact, first and last go by position, and sketches depend on what they have seen only. So
/// nothing is done about single records before they are handed over. (Dealing them by a hash of
/// their keys, so that each group has one worker, cost the thread that brings the batches a third
/// of what aggregating them did, and left a second core nothing to gain.)
///
/// Only the limit on groups depends on the order of the stream. Workers therefore turn nothing
/// away; when one of them has as many groups as are permitted, `isFull` says so, and a single state
/// has to go on from what is merged.
///
/// There are as many threads as workers: the one that brings batches, and for each worker but one a
/// task, which ends when it finds nothing to do. Nobody waits for work or for another: who finds a
/// worker taken goes on to the next. Where too much waits, whoever brings batches takes some.
final class PartitionedAggregation: Sendable {
  /// The most workers.
  static let mostWorkers = 64
  /// The most batches that wait, for each worker.
  private static let capacity = 12
  /// How many batches must wait, for each worker, before a task is started: starting one and waking
  /// its thread takes about as long as aggregating a thousand records.
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

  /// Hands a batch over, and sees to it that no more wait than should.
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

  /// The state that a single worker would have come to. What waits is taken in first.
  func merged() -> AggregationState {
    while queue.count > 0 { help(workers) }
    return AggregationState(plan, merging: workers.map { $0.copy() })
  }

  /// An estimate of the bytes held.
  var heldBytes: Int { workers.reduce(0) { $0 + $1.heldBytes } }

  /// Takes one batch in, by the first worker that is free, where one waits. Workers may change
  /// hands while they are tried, so that none is found: only an empty queue means that nothing
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
      // The last worker first: whoever brings batches begins with the first.
      while queue.count > 0 { help(workers.reversed()) }
      attendants.subtract(1, ordering: .relaxed)
    }
  }
}
