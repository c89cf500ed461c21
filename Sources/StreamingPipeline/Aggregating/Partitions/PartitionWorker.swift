internal import Synchronization

/// One of several shares of an aggregation: a queue of batches and the figures over those that
/// have been worked off, one at a time and in order, by whoever comes.
final class PartitionWorker: Sendable {
  /// What a worker is handed.
  struct Work: Sendable {
    let batch: Batch
    let bins: [AggregationState.SharedBins?]
  }

  /// How many batches pass between two looks at what the groups hold.
  private static let batchesPerLook = 64

  private let queue = Mutex<[Work]>([])
  private let state: Mutex<AggregationState>
  private let rejected = Atomic<Int>(0)
  private let held = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  init(_ plan: AggregationPlan) { state = Mutex(AggregationState(plan)) }

  /// Records rejected so far.
  var rejectedRecords: Int { rejected.load(ordering: .relaxed) }

  /// An estimate of the bytes held.
  var heldBytes: Int { held.load(ordering: .relaxed) }

  /// How many batches wait.
  var waiting: Int { queue.withLock { $0.count } }

  /// Takes work.
  func offer(_ work: Work) { queue.withLock { $0.append(work) } }

  /// Works one batch off unless somebody else is at it; false when nothing was done.
  func help() -> Bool { state.withLockIfAvailable { workOff(&$0) } ?? false }

  /// Works one batch off, after the one that somebody else is at; false when none waits.
  func advance() -> Bool { state.withLock { workOff(&$0) } }

  /// The figures so far.
  func copy() -> AggregationState { state.withLock { $0.copy() } }

  private func workOff(_ state: inout AggregationState) -> Bool {
    let next = queue.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let next else { return false }
    state.add(next.batch, bins: next.bins)
    rejected.store(state.rejectedRecords, ordering: .relaxed)
    let before = done.add(1, ordering: .relaxed).oldValue
    if before % Self.batchesPerLook == 0 { held.store(state.heldBytes, ordering: .relaxed) }
    return true
  }
}
