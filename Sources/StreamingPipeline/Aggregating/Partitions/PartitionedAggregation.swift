/// Deals the records of batches to workers on other cores and merges what they come to: exactly
/// what a single worker would have.
///
/// The keys of the first grouping decide who gets a record, so that one of its groups meets one
/// worker; without a grouping whole batches go round. A grouping whose keys include those of the
/// first (the levels of a report do) is divided in the same way, and its workers find its groups
/// themselves. The groups of any other grouping are found here, in the order of the stream, and
/// the workers are told: only so the limit on groups rejects what a single worker would.
///
/// Results do not depend on the order of merging, because sums are exact, first and last go by
/// position, and sketches depend on what they have seen only.
struct PartitionedAggregation {
  /// Keys are dealt in this many lots; a lot goes to who has had the fewest records when its first
  /// comes, which divides few keys better than their hashes would.
  private static let lotBits: UInt64 = 10

  private let plan: AggregationPlan
  private let crew: PartitionCrew
  private var hasher: KeyHasher?
  private var tables: [GroupTable?]
  private var workerOfLot: [UInt8?]
  private var loads: [Int]
  private var turn = 0

  /// The most workers.
  static let mostWorkers = 64

  init(_ plan: AggregationPlan, workers: Int) {
    self.plan = plan
    crew = PartitionCrew(plan, workers: workers)
    let first = plan.groupings.first?.keys.map(\.column)
    hasher = first.map(KeyHasher.init)
    tables = plan.groupings.map { grouping in
      let isDivided = Set(first ?? []).isSubset(of: grouping.keys.map(\.column))
      return isDivided ? nil : GroupTable(keys: grouping.keys, maxGroups: plan.maxGroups)
    }
    workerOfLot = [UInt8?](repeating: nil, count: 1 << Int(Self.lotBits))
    loads = [Int](repeating: 0, count: workers)
  }

  /// Hands the records of a batch to the workers.
  mutating func deal(_ batch: Batch) {
    guard hasher != nil else {
      turn = (turn + 1) % loads.count
      crew.hand(PartitionWorker.Work(batch: batch, bins: []), to: turn)
      return crew.balance()
    }
    batch.withLanes { lanes in
      hasher?.hash(batch, lanes)
      for index in tables.indices { tables[index]?.assign(batch, lanes) }
      let lanesOf = divide(lanes.count)
      for (worker, dealt) in lanesOf.enumerated() where !dealt.isEmpty {
        crew.hand(work(batch, lanes, dealt), to: worker)
      }
      crew.balance()
    }
  }

  /// The lanes of every worker.
  private mutating func divide(_ count: Int) -> [[UInt32]] {
    guard let hashes = hasher?.hashes else { return [] }
    let workerCount = loads.count
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count * workerCount) { lanes in
      var ends = (0..<workerCount).map { $0 * count }
      for lane in 0..<count {
        let lot = Int(mixed(hashes[lane]) >> (64 - Self.lotBits))
        let worker = Int(workerOfLot[lot] ?? assign(lot))
        lanes[ends[worker]] = UInt32(truncatingIfNeeded: lane)
        ends[worker] += 1
      }
      return (0..<workerCount).map { worker in
        loads[worker] += ends[worker] - worker * count
        return Array(lanes[worker * count..<ends[worker]])
      }
    }
  }

  private mutating func assign(_ lot: Int) -> UInt8 {
    var least = 0
    for worker in loads.indices where loads[worker] < loads[least] { least = worker }
    // So that the lots of one batch do not all go to the same.
    loads[least] += 1
    workerOfLot[lot] = UInt8(least)
    return UInt8(least)
  }

  private func work(_ batch: Batch, _ lanes: Lanes, _ dealt: [UInt32]) -> PartitionWorker.Work {
    let bins = tables.map { table in
      table.map { table in
        AggregationState.SharedBins(
          bins: dealt.map { table.bins[Int($0)] }, groups: table.count)
      }
    }
    let rows = lanes.selection.map { rows in dealt.map { rows[Int($0)] } } ?? dealt
    return PartitionWorker.Work(batch: batch.selecting(rows), bins: bins)
  }

  /// The state that a single worker would have come to.
  func merged() -> AggregationState {
    crew.finish()
    return AggregationState(plan, merging: crew.workers.map { $0.copy() }, tables: tables)
  }

  /// Records rejected so far, as far as is known.
  var rejectedRecords: Int {
    let here = tables.reduce(0) { $0 + ($1?.rejectedRecords ?? 0) }
    return crew.workers.reduce(here) { $0 + $1.rejectedRecords }
  }

  /// An estimate of the bytes held.
  var heldBytes: Int {
    let here = tables.reduce(0) { $0 + ($1?.heldBytes ?? 0) }
    return crew.workers.reduce(here) { $0 + $1.heldBytes }
  }
}
