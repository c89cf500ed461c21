/// The aggregates over the records added so far, over all records and by group.
///
/// What can be derived from the groups of a finer grouping (the outer levels of a report, and the
/// aggregates over all records) is not computed record by record, but rolled up from those groups
/// when it is asked for. No aggregate depends on the order in which records are added or states are
/// merged, so the answer is the same to the bit. A grouping is computed by itself from the batch on
/// with which the finer grouping rejects a record.
///
/// Accumulators are classes, so that a batch costs one virtual call for each instead of a chain of
/// tests. Each is reachable from one state only, since `copy()` copies them, and a state is used
/// only under the lock of its owner. Passing a state between tasks is therefore safe.
package struct AggregationState: @unchecked Sendable {
  private let plan: AggregationPlan
  private var global: AggregateStates
  private var groupings: [GroupedState]
  /// The grouping from which each grouping is rolled up; nil for one that is computed by itself.
  private var bases: [Int?]
  private var globalBase: Int?
  /// The number of records added.
  package private(set) var records = 0

  init(_ plan: AggregationPlan) {
    self.plan = plan
    global = AggregateStates(plan.global)
    global.grow(to: 2)
    groupings = plan.groupings.map { GroupedState($0, maxGroups: plan.maxGroups) }
    bases = plan.groupings.map(\.base)
    globalBase = plan.globalBase
  }

  /// Adds the records of a batch.
  mutating func add(_ batch: Batch) {
    records += batch.count
    batch.withLanes { lanes in
      for index in groupings.indices where bases[index] == nil {
        groupings[index].assign(batch, lanes)
      }
      for index in groupings.indices where groupings[index].table.rejectedRecords > 0 {
        release(dependingOn: index, before: batch, lanes)
      }
      for index in groupings.indices where bases[index] == nil {
        groupings[index].add(batch, lanes)
      }
      if globalBase == nil { global.addAll(batch, lanes, plan.global) }
    }
  }

  /// Stops rolling anything up from a grouping, from a batch on whose records have been assigned to
  /// the grouping's groups but are not yet in its aggregates.
  private mutating func release(
    dependingOn base: Int, before batch: Batch, _ lanes: Lanes
  ) {
    for index in groupings.indices where bases[index] == base {
      groupings[index] = standing(index)
      groupings[index].assign(batch, lanes)
      bases[index] = nil
    }
    if globalBase == base {
      global = standingGlobal
      globalBase = nil
    }
  }

  /// A grouping with its aggregates, rolled up unless it is computed by itself.
  private func standing(_ index: Int) -> GroupedState {
    guard let base = bases[index] else { return groupings[index] }
    var rolled = groupings[index].copy()
    rolled.merge([groupings[base]])
    return rolled
  }

  private var standingGlobal: AggregateStates {
    guard let globalBase else { return global }
    let finer = groupings[globalBase]
    var rolled = global.copy()
    rolled.merge(
      finer.aggregates, bins: [0] + [UInt32](repeating: 1, count: finer.table.count))
    return rolled
  }

  /// The number of records that are in no group, added up over all groupings.
  var rejectedRecords: Int {
    var rejected = 0
    for index in groupings.indices { rejected += groupings[index].table.rejectedRecords }
    return rejected
  }

  /// The number of groups of the grouping with the most groups.
  var mostGroups: Int {
    var most = 0
    for index in groupings.indices { most = max(most, groupings[index].table.count) }
    return most
  }

  /// An estimate of the bytes that the state holds.
  var heldBytes: Int {
    groupings.reduce(global.heldBytes) { $0 + $1.table.heldBytes + $1.aggregates.heldBytes }
  }

  /// An independent copy of this state. The two share buffers until one of them changes.
  func copy() -> AggregationState {
    var twin = self
    twin.global = global.copy()
    twin.groupings = groupings.map { $0.copy() }
    return twin
  }
}

// MARK: Merging the states of partitions
extension AggregationState {
  /// The state that a single worker would have arrived at.
  ///
  /// - Parameters:
  ///   - plan: the plan that all states share.
  ///   - states: the states of the workers, each over the batches that it was given. None has
  ///     rejected a record.
  init(_ plan: AggregationPlan, merging states: [AggregationState]) {
    self.init(plan)
    bases = bases.map { _ in nil }
    globalBase = nil
    for state in states {
      records += state.records
      global.merge(state.standingGlobal, bins: [0, 1])
    }
    for index in groupings.indices {
      groupings[index].merge(states.map { $0.standing(index) })
    }
  }
}

// MARK: Results
extension AggregationState {
  /// The aggregates over all records added so far.
  ///
  /// - Throws: `PipelineError.overflow`.
  package func result() throws(PipelineError) -> AggregationResult {
    var results: [GroupedResult] = []
    for index in groupings.indices { results.append(try standing(index).result()) }
    return AggregationResult(
      records: records, global: try plan.global.values(standingGlobal, groups: 1)[0],
      groupings: results)
  }
}
