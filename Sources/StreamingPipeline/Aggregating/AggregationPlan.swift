/// An aggregation whose operands have been resolved: what all its states have in common.
struct AggregationPlan: Sendable {
  /// One grouping.
  struct Grouped: Sendable {
    /// The columns whose values make a group, that of a window's panes first.
    let keys: [(column: Int, type: FieldType)]
    let window: Window?
    let aggregates: AggregatePlan
    /// The finer grouping from whose groups this one's are rolled up, if any. Both then keep the
    /// same accumulators.
    let base: Int?
  }

  let global: AggregatePlan
  /// The grouping from whose groups the aggregates over all records are rolled up, if any.
  let globalBase: Int?
  let groupings: [Grouped]
  var maxGroups: Int

  /// - Throws: `PipelineError` for operands that do not exist, functions that do not work on an
  ///   operand's type, groupings without a key and invalid windows.
  init(
    _ aggregation: Aggregation, maxGroups: Int, operands: inout OperandColumns
  ) throws(PipelineError) {
    try aggregation.requireWithinLimit()
    self.maxGroups = maxGroups
    var keys: [[Int]] = []
    for grouping in aggregation.groupings {
      guard !grouping.keys.isEmpty || grouping.window != nil else {
        throw .invalidOption(name: "grouping keys", value: "none", permitted: "at least one field")
      }
      var columns: [Int] = []
      for key in grouping.keys {
        columns.append(try operands.index(of: key, usedBy: "grouping"))
      }
      keys.append(columns)
    }
    let plans = try GroupingPlans(aggregation, keys: keys, operands: &operands)
    // The columns of panes come after those of all operands.
    var groupings: [Grouped] = []
    for (index, grouping) in aggregation.groupings.enumerated() {
      if let window = grouping.window { keys[index].insert(try operands.index(of: window), at: 0) }
      groupings.append(
        Grouped(
          keys: keys[index].map { ($0, operands.types[$0]) }, window: grouping.window,
          aggregates: plans.grouped[index], base: plans.bases[index]))
    }
    self.groupings = groupings
    global = plans.global
    globalBase = plans.globalBase
  }

  /// Whether there is anything to compute but the number of records.
  var isEmpty: Bool { groupings.isEmpty && global.isEmpty }
}
