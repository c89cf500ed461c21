import StreamingPipeline

/// The aggregation written down as simply as it can be: one dictionary, one row after another.
struct NaiveFold {
  let aggregation: Aggregation
  let maxGroups: Int
  private var rows: [[String: Value]] = []

  init(_ aggregation: Aggregation, maxGroups: Int = 10_000) {
    self.aggregation = aggregation
    self.maxGroups = maxGroups
  }

  mutating func add(_ row: Row) {
    var values: [String: Value] = [:]
    for (index, field) in row.schema.fields.enumerated() { values[field.name] = row[index] }
    rows.append(values)
  }

  var result: AggregationResult {
    AggregationResult(
      records: rows.count, global: aggregation.global.map { figure($0, rows) },
      groupings: aggregation.groupings.map(grouped))
  }

  private func grouped(_ grouping: Grouping) -> GroupedResult {
    var order: [[Value]] = []
    var members: [[Value]: [[String: Value]]] = [:]
    var rejected = 0
    for row in rows {
      let key = grouping.keys.map { row[$0] ?? .null }
      if members[key] == nil {
        guard order.count < maxGroups else {
          rejected += 1
          continue
        }
        order.append(key)
      }
      members[key, default: []].append(row)
    }
    let groups = order.map { key in
      GroupedResult.Group(
        key: key, values: grouping.aggregates.map { figure($0, members[key] ?? []) })
    }
    return GroupedResult(groups: groups, rejectedRecords: rejected)
  }

  private func figure(_ aggregate: Aggregate, _ rows: [[String: Value]]) -> Value {
    guard let field = aggregate.field else { return .int64(Int64(rows.count)) }
    let values = rows.compactMap { $0[field] }.filter { !$0.isNull }
    switch aggregate.function {
    case .count: return .int64(Int64(values.count))
    case .sum: return sum(values)
    case .average: return average(values)
    case .min: return values.reduce(nil) { best($0, $1) { $0 < $1 } } ?? .null
    case .max: return values.reduce(nil) { best($0, $1) { $0 > $1 } } ?? .null
    }
  }

  private func sum(_ values: [Value]) -> Value {
    guard let first = values.first else { return .null }
    switch first {
    case .int64: return .int64(values.reduce(0) { $0 + integer($1) })
    case .double: return .double(neumaier(values))
    case .decimal(let number):
      let mantissa = values.reduce(Int128(0)) { $0 + decimal($1) }
      return .decimal(FixedDecimal(mantissa: mantissa, scale: number.scale))
    default: return .null
    }
  }

  private func average(_ values: [Value]) -> Value {
    guard let first = values.first else { return .null }
    let count = values.count
    switch first {
    case .int64: return .double(Double(values.reduce(0) { $0 + integer($1) }) / Double(count))
    case .double: return .double(neumaier(values) / Double(count))
    case .decimal(let number):
      let dividend = values.reduce(Int128(0)) { $0 + decimal($1) } * 10_000
      // Half to even, by looking at the three candidates.
      let floor =
        dividend >= 0
        ? dividend / Int128(count) : -((-dividend + Int128(count) - 1) / Int128(count))
      let twiceRest = 2 * (dividend - floor * Int128(count))
      let up = twiceRest > Int128(count) || (twiceRest == Int128(count) && floor % 2 != 0)
      return .decimal(FixedDecimal(mantissa: floor + (up ? 1 : 0), scale: number.scale + 4))
    default: return .null
    }
  }

  private func neumaier(_ values: [Value]) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for case .double(let value) in values {
      let total = sum + value
      lost += abs(sum) >= abs(value) ? (sum - total) + value : (value - total) + sum
      sum = total
    }
    return sum + lost
  }

  private func best(_ left: Value?, _ right: Value, _ wins: (Value, Value) -> Bool) -> Value {
    guard let left else { return right }
    return wins(right, left) ? right : left
  }

  private func integer(_ value: Value) -> Int64 {
    if case .int64(let number) = value { number } else { 0 }
  }

  private func decimal(_ value: Value) -> Int128 {
    if case .decimal(let number) = value { number.mantissa } else { 0 }
  }
}

/// The order of values of one type, for the fold alone.
private func < (left: Value, right: Value) -> Bool {
  switch (left, right) {
  case (.int64(let a), .int64(let b)), (.timestamp(let a), .timestamp(let b)): a < b
  case (.double(let a), .double(let b)): a < b
  case (.decimal(let a), .decimal(let b)): a.mantissa < b.mantissa
  case (.bool(let a), .bool(let b)): !a && b
  case (.date(let a), .date(let b)): a < b
  case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
  default: false
  }
}

private func > (left: Value, right: Value) -> Bool { right < left }
