/// The plans of an aggregation's aggregates, and which grouping is rolled up from which.
///
/// A grouping is rolled up from one whose keys include its own. What it asks for is then computed
/// there, by finer groups, so that a record costs nothing more than what the finer grouping does
/// not compute anyway. Groupings with windows are left alone, since their groups are put together
/// in another way.
struct GroupingPlans {
  private(set) var global: AggregatePlan
  private(set) var globalBase: Int?
  private(set) var grouped: [AggregatePlan] = []
  private(set) var bases: [Int?] = []

  /// - Parameters:
  ///   - aggregation: what is asked for.
  ///   - keys: the columns of each grouping's keys.
  ///   - operands: the columns that are read.
  /// - Throws: `PipelineError` for operands that do not exist or do not fit.
  init(
    _ aggregation: Aggregation, keys: [[Int]], operands: inout OperandColumns
  ) throws(PipelineError) {
    global = try AggregatePlan(aggregation.global, operands: &operands)
    for grouping in aggregation.groupings {
      grouped.append(try AggregatePlan(grouping.aggregates, operands: &operands))
    }
    let candidates = aggregation.groupings.indices.filter {
      aggregation.groupings[$0].window == nil
    }
    bases = keys.indices.map { index in
      candidates.contains(index) ? base(of: index, among: candidates, keys) : nil
    }
    if !global.isEmpty {
      globalBase = candidates.first { bases[$0] == nil && grouped[$0].affords(global) }
    }
    try share(aggregation, &operands)
  }

  /// The grouping with the most keys, all keys of the grouping at `index` among them; the first of
  /// several.
  private func base(of index: Int, among candidates: [Int], _ keys: [[Int]]) -> Int? {
    let own = Set(keys[index])
    let finer = candidates.filter { candidate in
      let others = Set(keys[candidate])
      return own.isSubset(of: others) && (own.count < others.count || candidate < index)
    }
    let finest = finer.max { left, right in
      (Set(keys[left]).count, right) < (Set(keys[right]).count, left)
    }
    guard let finest, grouped[finest].affords(grouped[index]) else { return nil }
    return finest
  }

  /// Makes everything that is rolled up, and what it is rolled up from, use the same accumulators.
  private mutating func share(
    _ aggregation: Aggregation, _ operands: inout OperandColumns
  ) throws(PipelineError) {
    for (index, base) in bases.enumerated() {
      guard let base else { continue }
      try grouped[base].include(aggregation.groupings[index].aggregates, operands: &operands)
    }
    if let globalBase { try grouped[globalBase].include(aggregation.global, operands: &operands) }
    for (index, base) in bases.enumerated() {
      guard let base else { continue }
      grouped[index] = try AggregatePlan(
        aggregation.groupings[index].aggregates, within: grouped[base].segments,
        operands: &operands)
    }
    if let globalBase {
      global = try AggregatePlan(
        aggregation.global, within: grouped[globalBase].segments, operands: &operands)
    }
  }
}
