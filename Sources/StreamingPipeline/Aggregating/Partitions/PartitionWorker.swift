internal import Synchronization

/// The figures over a share of the batches, whichever come to it, and how much they hold.
final class PartitionWorker: Sendable {
  /// How many batches pass between two looks at what the groups hold.
  private static let batchesPerLook = 64

  private let state: Mutex<AggregationState>
  private let groups = Atomic<Int>(0)
  private let held = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  init(_ plan: AggregationPlan) { state = Mutex(AggregationState(plan)) }

  /// The groups of the grouping with the most of them.
  var mostGroups: Int { groups.load(ordering: .relaxed) }

  /// An estimate of the bytes held.
  var heldBytes: Int { held.load(ordering: .relaxed) }

  /// Takes the next batch of a queue in, where there is one; false when somebody else has this
  /// worker in hand. A batch leaves the queue only under the worker's lock, so that whoever has
  /// seen the queue empty and then waits for the lock has missed none.
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

  /// The figures so far.
  func copy() -> AggregationState { state.withLock { $0.copy() } }
}

/// The batches that wait for a worker.
final class PartitionQueue: Sendable {
  private let batches = Mutex<[Batch]>([])

  /// Adds a batch.
  ///
  /// - Returns: how many wait now.
  func add(_ batch: Batch) -> Int {
    batches.withLock { batches in
      batches.append(batch)
      return batches.count
    }
  }

  /// How many wait.
  var count: Int { batches.withLock { $0.count } }

  /// The batch that has waited longest.
  func take() -> Batch? { batches.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
