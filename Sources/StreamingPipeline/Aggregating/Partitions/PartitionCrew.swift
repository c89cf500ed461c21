internal import Synchronization

/// The workers and the tasks that work their queues off.
///
/// There are as many threads as workers: the one that brings batches, and for each worker but one a
/// task, which goes from queue to queue and ends when it finds nothing to do. Nobody waits for work
/// or for another: who finds a worker taken goes on to the next. Where too much waits, whoever
/// brings batches works some off.
final class PartitionCrew: Sendable {
  /// The most batches that wait, for each worker.
  private static let capacity = 12
  /// How many batches must wait, for each worker, before a task is started: starting one and waking
  /// its thread takes about as long as aggregating a thousand records.
  private static let gathered = 4

  let workers: [PartitionWorker]
  private let attendants = Atomic<Int>(0)

  init(_ plan: AggregationPlan, workers count: Int) {
    workers = (0..<count).map { _ in PartitionWorker(plan) }
  }

  /// Hands work to a worker.
  func hand(_ work: PartitionWorker.Work, to worker: Int) { workers[worker].offer(work) }

  /// Sees to it that what waits is worked off, and that no more of it waits than should.
  func balance() {
    var waiting = workers.reduce(0) { $0 + $1.waiting }
    if waiting >= Self.gathered * workers.count { summon() }
    while waiting > Self.capacity * workers.count {
      if !workers.contains(where: { $0.help() }) { advanceFullest() }
      waiting = workers.reduce(0) { $0 + $1.waiting }
    }
  }

  /// Works off everything that waits.
  func finish() {
    while workers.contains(where: { $0.help() }) {}
    for worker in workers { while worker.advance() {} }
  }

  private func advanceFullest() {
    let fullest = workers.max { $0.waiting < $1.waiting }
    _ = fullest?.advance()
  }

  private func summon() {
    let (before, _) = attendants.add(1, ordering: .relaxed)
    guard before < workers.count - 1 else {
      attendants.subtract(1, ordering: .relaxed)
      return
    }
    Task.detached { self.attend() }
  }

  private func attend() {
    // The last worker first: whoever brings batches begins with the first.
    while workers.reversed().contains(where: { $0.help() }) {}
    attendants.subtract(1, ordering: .relaxed)
  }
}
