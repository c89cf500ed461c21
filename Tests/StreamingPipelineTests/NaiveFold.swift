import StreamingPipeline

/// Computes an aggregation as simply as possible: one dictionary, one row after another.
struct NaiveFold {
  typealias Record = [String: Value]

  let aggregation: Aggregation
  let maxGroups: Int
  /// The values of computed columns, by their texts.
  let computed: [String: @Sendable (Record) -> Value]
  private var rows: [Record] = []

  init(
    _ aggregation: Aggregation, maxGroups: Int = 10_000,
    computed: [String: @Sendable (Record) -> Value] = [:]
  ) {
    self.aggregation = aggregation
    self.maxGroups = maxGroups
    self.computed = computed
  }

  mutating func add(_ row: Row) {
    var values: Record = [:]
    for (index, field) in row.schema.fields.enumerated() { values[field.name] = row[index] }
    for (text, body) in computed { values[text] = body(values) }
    rows.append(values)
  }

  var result: AggregationResult {
    AggregationResult(
      records: rows.count, global: aggregation.global.map { value($0, rows) },
      groupings: aggregation.groupings.map(grouped))
  }

  private func grouped(_ grouping: Grouping) -> GroupedResult {
    var order: [[Value]] = []
    var members: [[Value]: [Record]] = [:]
    var rejected = 0
    for row in rows {
      let key = grouping.keys.map { row["\($0)"] ?? .null }
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
        key: key, values: grouping.aggregates.map { value($0, members[key] ?? []) })
    }
    return GroupedResult(groups: groups, rejectedRecords: rejected)
  }

  func value(_ aggregate: Aggregate, _ all: [Record]) -> Value {
    let rows = aggregate.condition.map { condition in all.filter { holds(condition, $0) } } ?? all
    guard let operand = aggregate.operand else { return .int64(Int64(rows.count)) }
    let values = rows.compactMap { $0["\(operand)"] }.filter { !$0.isNull }
    switch aggregate.function {
    case .count: return .int64(Int64(values.count))
    case .sum: return sum(values)
    case .average: return average(values)
    case .min: return values.reduce(nil) { best($0, $1) { $0 < $1 } } ?? .null
    case .max: return values.reduce(nil) { best($0, $1) { $0 > $1 } } ?? .null
    case .first: return values.first ?? .null
    case .last: return values.last ?? .null
    case .distinctCount: return .int64(Int64(Set(values).count))
    case .percentile(let percent): return percentile(percent, values)
    case .variance, .standardDeviation: return .null
    }
  }

  /// Supports only the conditions that tests use: a comparison of a whole number, or a truth
  /// column.
  private func holds(_ condition: Condition, _ row: Record) -> Bool {
    switch condition {
    case .computed(let column): return row[column.text] == true
    case .predicate(let predicate):
      let parts = "\(predicate)".split(separator: " ")
      guard parts.count == 3, let bound = Int64(parts[2]),
        case .int64(let number) = row[String(parts[0])]
      else { return false }
      return parts[1] == "<" ? number < bound : parts[1] == ">=" ? number >= bound : false
    }
  }

  private func percentile(_ percent: Double, _ values: [Value]) -> Value {
    guard let first = values.first else { return .null }
    let share = Int((percent * 1_000_000).rounded())
    let rank = (values.count - 1) * share
    let (lower, rest) = rank.quotientAndRemainder(dividingBy: 100_000_000)
    let (upper, millionths) = (min(lower + 1, values.count - 1), rest / 100)
    let sorted = values.sorted { $0 < $1 }
    switch first {
    case .int64:
      let (low, high) = (Int128(integer(sorted[lower])), Int128(integer(sorted[upper])))
      return .double(Double(low * 1_000_000 + (high - low) * Int128(millionths)) / 1_000_000)
    case .decimal(let number):
      let (low, high) = (decimal(sorted[lower]), decimal(sorted[upper]))
      let part = halfToEven((high - low) * Int128(millionths), 100)
      return .decimal(FixedDecimal(mantissa: low * 10_000 + part, scale: number.scale + 4))
    default:
      guard case .double(let low) = sorted[lower], case .double(let high) = sorted[upper] else {
        return .null
      }
      let share = Double(millionths) / 1_000_000
      return .double(low == high || millionths == 0 ? low : low * (1 - share) + high * share)
    }
  }

  private func sum(_ values: [Value]) -> Value {
    guard let first = values.first else { return .null }
    switch first {
    case .int64: return .int64(values.reduce(0) { $0 + integer($1) })
    case .double: return .double(exactSum(values.map(double)))
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
    case .double: return .double(exactSum(values.map(double)) / Double(count))
    case .decimal(let number):
      let dividend = values.reduce(Int128(0)) { $0 + decimal($1) } * 10_000
      let mantissa = halfToEven(dividend, Int128(count))
      return .decimal(FixedDecimal(mantissa: mantissa, scale: number.scale + 4))
    default: return .null
    }
  }

  /// Rounds half to even by comparing the candidates.
  private func halfToEven(_ dividend: Int128, _ count: Int128) -> Int128 {
    let floor = dividend >= 0 ? dividend / count : -((-dividend + count - 1) / count)
    let twiceRest = 2 * (dividend - floor * count)
    let up = twiceRest > count || (twiceRest == count && floor % 2 != 0)
    return floor + (up ? 1 : 0)
  }

  private func best(_ left: Value?, _ right: Value, _ wins: (Value, Value) -> Bool) -> Value {
    guard let left else { return right }
    return wins(right, left) ? right : left
  }

  private func integer(_ value: Value) -> Int64 {
    if case .int64(let number) = value { number } else { 0 }
  }

  private func double(_ value: Value) -> Double {
    if case .double(let number) = value { number } else { 0 }
  }

  private func decimal(_ value: Value) -> Int128 {
    if case .decimal(let number) = value { number.mantissa } else { 0 }
  }
}

/// The exact sum of finite doubles, rounded once, as Python's `math.fsum` computes it (Shewchuk
/// 1997): a list of parts that do not overlap, and a correction of the last rounding.
func exactSum(_ values: [Double]) -> Double {
  var parts: [Double] = []
  for value in values {
    var rest = value
    var kept: [Double] = []
    for part in parts {
      let (large, small) = abs(rest) < abs(part) ? (part, rest) : (rest, part)
      let total = large + small
      let lost = small - (total - large)
      if lost != 0 { kept.append(lost) }
      rest = total
    }
    parts = kept + [rest]
  }
  var sum = parts.popLast() ?? 0
  while let part = parts.popLast() {
    let before = sum
    sum = before + part
    let lost = part - (sum - before)
    guard lost != 0 else { continue }
    if let next = parts.last, (lost < 0) == (next < 0), next != 0 {
      let twice = lost * 2
      let candidate = sum + twice
      if candidate - sum == twice { sum = candidate }
    }
    break
  }
  return sum
}

/// Orders values of one type, for the fold alone.
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
