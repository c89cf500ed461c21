/// The figures over the records taken in so far, global and by group.
///
/// Accumulators are classes, so that a batch meets one virtual call each instead of a chain of
/// tests. They are reachable from one state only, `copy()` makes others, and a state is used by
/// whoever holds the lock of its owner: that is why it may be handed from task to task.
package struct AggregationState: @unchecked Sendable {
  /// The bins of a batch's records, where the one who deals the batches out has found them.
  struct SharedBins: Sendable {
    let bins: [UInt32]
    let groups: Int
  }

  private let plan: AggregationPlan
  private var global: Figures
  private var groupings: [GroupedState]
  /// How many records were taken in.
  package private(set) var records = 0

  init(_ plan: AggregationPlan) {
    self.plan = plan
    global = Figures(plan.global)
    global.grow(to: 2)
    groupings = plan.groupings.map { GroupedState($0, maxGroups: plan.maxGroups) }
  }

  /// Takes the records of a batch in. Where bins are given, they are used; else they are found.
  mutating func add(_ batch: Batch, bins shared: [SharedBins?] = []) {
    records += batch.count
    batch.withLanes { lanes in
      global.addAll(batch, lanes, plan.global)
      for index in groupings.indices {
        if index < shared.count, let bins = shared[index] {
          groupings[index].add(batch, lanes, bins)
        } else {
          groupings[index].add(batch, lanes)
        }
      }
    }
  }

  /// Records that are in no group of some grouping, counted for each such grouping.
  var rejectedRecords: Int {
    var rejected = 0
    for index in groupings.indices { rejected += groupings[index].table.rejectedRecords }
    return rejected
  }

  /// An estimate of what the state holds.
  var heldBytes: Int {
    groupings.reduce(global.heldBytes) { $0 + $1.table.heldBytes + $1.figures.heldBytes }
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
  ///   - states: what the workers have, each of the records dealt to it.
  ///   - tables: one a grouping; nil where each group met one worker, which kept the table.
  init(_ plan: AggregationPlan, merging states: [AggregationState], tables: [GroupTable?]) {
    self.init(plan)
    for state in states {
      records += state.records
      global.merge(state.global, bins: [0, 1])
    }
    for index in groupings.indices {
      let parts = states.map { $0.groupings[index] }
      if let table = tables[index] {
        groupings[index].merge(parts, sharing: table)
      } else {
        groupings[index].merge(parts)
      }
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
    for grouped in groupings { results.append(try grouped.result()) }
    return AggregationResult(
      records: records, global: try plan.global.values(global, bin: 1), groupings: results)
  }
}
