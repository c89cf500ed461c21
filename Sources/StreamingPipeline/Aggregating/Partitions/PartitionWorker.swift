internal import Synchronization

/// The aggregates over the batches that one worker took, and the bytes they hold.
final class PartitionWorker: Sendable {
  /// The number of batches between two estimates of the bytes that the groups hold.
  private static let batchesPerLook = 64

  private let state: Mutex<AggregationState>
  private let groups = Atomic<Int>(0)
  private let held = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  init(_ plan: AggregationPlan) { state = Mutex(AggregationState(plan)) }

  /// The number of groups of the grouping with the most groups.
  var mostGroups: Int { groups.load(ordering: .relaxed) }

  /// An estimate of the bytes held.
  var heldBytes: Int { held.load(ordering: .relaxed) }

  /// Adds the next batch of a queue, if there is one; false when another thread is using this
  /// worker. A batch leaves the queue only under the worker's lock, so whoever sees the queue empty
  /// and then takes the lock has missed none.
  func advance(_ queue: PartitionQueue) -> Bool {
    let taken: Void? = state.withLockIfAvailable { state in
      guard let batch = queue.take() else { return }
      state.add(batch)
      groups.store(state.mostGroups, ordering: .relaxed)
      let before = done.add(1, ordering: .relaxed).oldValue
      if before % Self.batchesPerLook == 0 { held.store(state.heldBytes, ordering: .relaxed) }
    }
    return taken != nil
  }

  /// A copy of the state so far.
  func copy() -> AggregationState { state.withLock { $0.copy() } }
}

/// The batches that wait for a worker.
final class PartitionQueue: Sendable {
  private let batches = Mutex<[Batch]>([])

  /// Adds a batch.
  ///
  /// - Returns: the number of batches that wait now.
  func add(_ batch: Batch) -> Int {
    batches.withLock { batches in
      batches.append(batch)
      return batches.count
    }
  }

  /// The number of batches that wait.
  var count: Int { batches.withLock { $0.count } }

  /// The batch that has waited longest.
  func take() -> Batch? { batches.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
