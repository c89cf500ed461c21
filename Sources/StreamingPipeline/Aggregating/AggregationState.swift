/// The figures over the records taken in so far, global and by group.
///
/// What can be told from the groups of a finer grouping (the outer levels of a report, and the
/// figures over all records) is not worked out record by record, but rolled up from those groups
/// when it is asked for. No figure depends on the order in which records are taken in or states
/// are merged, so that the answer is the same to the bit. It begins to be worked out by itself
/// when the finer grouping turns a record away.
///
/// Accumulators are classes, so that a batch meets one virtual call each instead of a chain of
/// tests. They are reachable from one state only, `copy()` makes others, and a state is used by
/// whoever holds the lock of its owner: that is why it may be handed from task to task.
package struct AggregationState: @unchecked Sendable {
  private let plan: AggregationPlan
  private var global: AggregateStates
  private var groupings: [GroupedState]
  /// From which grouping each is rolled up; nil for one that is worked out by itself.
  private var bases: [Int?]
  private var globalBase: Int?
  /// How many records were taken in.
  package private(set) var records = 0

  init(_ plan: AggregationPlan) {
    self.plan = plan
    global = AggregateStates(plan.global)
    global.grow(to: 2)
    groupings = plan.groupings.map { GroupedState($0, maxGroups: plan.maxGroups) }
    bases = plan.groupings.map(\.base)
    globalBase = plan.globalBase
  }

  /// Takes the records of a batch in.
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

  /// Has everything that is rolled up from a grouping worked out by itself from a batch on, whose
  /// records have been assigned to the grouping's groups but are not yet in its figures.
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

  /// A grouping with its figures, rolled up where it is not worked out by itself.
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

  /// Records that are in no group of some grouping, counted for each such grouping.
  var rejectedRecords: Int {
    var rejected = 0
    for index in groupings.indices { rejected += groupings[index].table.rejectedRecords }
    return rejected
  }

  /// How many groups the grouping with the most of them has.
  var mostGroups: Int {
    var most = 0
    for index in groupings.indices { most = max(most, groupings[index].table.count) }
    return most
  }

  /// An estimate of what the state holds.
  var heldBytes: Int {
    groupings.reduce(global.heldBytes) { $0 + $1.table.heldBytes + $1.aggregates.heldBytes }
  }

  /// The same state once more, independent of this; buffers are shared until they change.
  func copy() -> AggregationState {
    var twin = self
    twin.global = global.copy()
    twin.groupings = groupings.map { $0.copy() }
    return twin
  }
}

// Merging the states of partitions.
extension AggregationState {
  /// The state that one worker would have come to alone.
  ///
  /// - Parameters:
  ///   - plan: what all of them compute.
  ///   - states: what the workers have, each of the batches that it was handed; none has turned a
  ///     record away.
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

// Results.
extension AggregationState {
  /// The figures over everything taken in so far.
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
