internal import Synchronization

/// One of several workers: a queue of batches and the figures over those it has worked off.
///
/// Nobody waits for work. A batch that comes to an idle worker starts a task that goes on until
/// the queue is empty; where the queue is full, whoever brings a batch works one off instead. A
/// worker's batches are worked off one at a time and in order, by whoever holds its state.
final class PartitionWorker: Sendable {
  /// What a worker is handed.
  struct Work: Sendable {
    let batch: Batch
    let bins: [AggregationState.SharedBins?]
  }

  private struct Queue {
    var work: [Work] = []
    /// Whether a task is there to work it off.
    var isAttended = false
  }

  /// The most batches that wait.
  private static let capacity = 4
  /// How many batches pass between two looks at what the groups hold.
  private static let batchesPerLook = 64

  private let queue = Mutex(Queue())
  private let state: Mutex<AggregationState>
  private let rejected = Atomic<Int>(0)
  private let held = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  init(_ plan: AggregationPlan) { state = Mutex(AggregationState(plan)) }

  /// Records rejected so far.
  var rejectedRecords: Int { rejected.load(ordering: .relaxed) }

  /// An estimate of the bytes held.
  var heldBytes: Int { held.load(ordering: .relaxed) }

  /// Whether more waits than should.
  var isFull: Bool { queue.withLock { $0.work.count > Self.capacity } }

  /// Takes work.
  func offer(_ work: Work) {
    let isIdle = queue.withLock { queue in
      queue.work.append(work)
      defer { queue.isAttended = true }
      return !queue.isAttended
    }
    if isIdle { Task.detached { self.attend() } }
  }

  /// Works one batch off unless somebody else is at it; false when nothing was done.
  func help() -> Bool { state.withLockIfAvailable { workOff(&$0) } ?? false }

  /// Works off everything that waits.
  func finish() {
    while state.withLock({ workOff(&$0) }) {}
  }

  /// Works one batch off, after the one that somebody else is at.
  func advance() { _ = state.withLock { workOff(&$0) } }

  /// The figures so far.
  func copy() -> AggregationState { state.withLock { $0.copy() } }

  private func attend() {
    repeat {
      finish()
    } while !queue.withLock { queue in
      queue.isAttended = !queue.work.isEmpty
      return !queue.isAttended
    }
  }

  private func workOff(_ state: inout AggregationState) -> Bool {
    let next = queue.withLock { $0.work.isEmpty ? nil : $0.work.removeFirst() }
    guard let next else { return false }
    state.add(next.batch, bins: next.bins)
    rejected.store(state.rejectedRecords, ordering: .relaxed)
    let before = done.add(1, ordering: .relaxed).oldValue
    if before % Self.batchesPerLook == 0 { held.store(state.heldBytes, ordering: .relaxed) }
    return true
  }
}
