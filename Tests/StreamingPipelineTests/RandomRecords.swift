import BenchTestSupport
import StreamingPipeline

/// Makes random schemas and records. Strings come packed or with a new dictionary for each batch.
struct RandomRecords {
  private var random: SeededRandom
  let schema: Schema
  private(set) var batches: [Batch] = []

  /// A dictionary that several batches share.
  private let shared = StringDictionary((0..<30).map { "text \($0 * 7 % 31)" })

  private static let types: [FieldType] = [
    .int64, .double, .decimal(scale: 2), .bool, .string, .date, .timestamp,
  ]

  init(seed: UInt64) throws {
    random = SeededRandom(seed: seed)
    let extra = Int.random(in: 0...3, using: &random)
    var fields: [Field] = []
    for (index, type) in Self.types.enumerated() { fields.append(Field("f\(index)", type)) }
    for index in 0..<extra {
      fields.append(Field("x\(index)", Self.types.randomElement(using: &random) ?? .int64))
    }
    schema = try Schema(fields.shuffled(using: &random))
    for _ in 0..<Int.random(in: 1...4, using: &random) { try addBatch() }
  }

  /// The values of the computed columns of `aggregation()`, for the naive fold.
  static let computed: [String: @Sendable (NaiveFold.Record) -> Value] = [
    "f0 % 7": { record in
      if case .int64(let number) = record["f0"] { .int64(number % 7) } else { .null }
    },
    "f0 is even": { record in
      if case .int64(let number) = record["f0"] { .bool(number & 1 == 0) } else { .null }
    },
  ]

  private static let remainder = ComputedColumn("f0 % 7", .int64, from: ["f0"]) { batch in
    let column = try batch.column("f0")
    return try column.withValues(of: Int64.self) { values in
      Column(
        .int64, .int64(values.map { $0 % 7 }),
        validity: Validity.of(count: values.count) { !column.isNull($0) })
    }
  }

  private static let isEven = ComputedColumn("f0 is even", .bool, from: ["f0"]) { batch in
    let column = try batch.column("f0")
    return try column.withValues(of: Int64.self) { values in
      Column(
        .bool, .bool(values.map { $0 & 1 == 0 }),
        validity: Validity.of(count: values.count) { !column.isNull($0) })
    }
  }

  /// A random aggregation over the schema.
  ///
  /// - Parameter isExact: only aggregates that a naive fold computes exactly.
  /// - Returns: up to three groupings, and aggregates over all records.
  mutating func aggregation(isExact: Bool = true) -> Aggregation {
    var groupings: [Grouping] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let keys = schema.fields.map { Operand.field($0.name) } + [.computed(Self.remainder)]
      groupings.append(
        Grouping(
          by: Array(keys.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))),
          computing: aggregates(isExact)))
    }
    return Aggregation(global: aggregates(isExact), groupings: groupings)
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func aggregates(_ isExact: Bool) -> [Aggregate] {
    var result: [Aggregate] = [.count, .sum(Self.remainder), .max(Self.remainder)]
    let bound = Value.int64(Int64(number(in: -2...20)) * 1_000_003)
    result.append(.count(where: .compare("f0", .less, bound)))
    for field in schema.fields where Bool.random(using: &random) {
      result += [.count(field.name), .min(field.name), .max(field.name)]
      result += [.first(field.name), .last(field.name), .distinctCount(field.name)]
      switch field.type {
      case .int64, .double, .decimal:
        result += [.sum(field.name), .average(field.name), .median(field.name)]
        result += [.percentile(90, of: field.name), .percentile(0.123, of: field.name)]
        result.append(.sum(field.name, where: .compare("f0", .greaterOrEqual, bound)))
        result.append(Aggregate.median(field.name).filtered(by: Self.isEven))
        if !isExact { result += [.variance(field.name), .standardDeviation(field.name)] }
      default: result.append(Aggregate.last(field.name).filtered(by: Self.isEven))
      }
    }
    return result
  }

  private mutating func addBatch() throws {
    let rows = Int.random(in: 1...200, using: &random)
    let values = Int.random(in: 1...30, using: &random)
    let columns = try schema.fields.map { try column($0, rows: rows, values: values) }
    batches.append(try Batch(schema: schema, columns: columns))
  }

  private mutating func column(_ field: Field, rows: Int, values: Int) throws -> Column {
    let nullShare = [0.0, 0.0, 0.1, 1.0][Int.random(in: 0...3, using: &random)]
    if field.type == .string, Bool.random(using: &random) {
      let own = StringDictionary((0..<values).map { "text \($0 * 7 % 31)" })
      let dictionary = Bool.random(using: &random) ? own : shared
      let codes = (0..<rows).map { _ in UInt32.random(in: 0..<UInt32(values), using: &random) }
      let nulls = (0..<rows).map { _ in Double.random(in: 0..<1, using: &random) < nullShare }
      return Column(
        .string, .dictionary(codes, dictionary),
        validity: Validity.of(count: rows) { !nulls[$0] })
    }
    var builder = ColumnBuilder(field)
    for _ in 0..<rows {
      let isNull = Double.random(in: 0..<1, using: &random) < nullShare
      try builder.append(isNull ? .null : value(field.type, among: values))
    }
    return builder.finish()
  }

  private mutating func value(_ type: FieldType, among values: Int) -> Value {
    let number = Int64.random(in: 0..<Int64(values), using: &random) - 3
    switch type {
    case .int64: return .int64(number * 1_000_003)
    case .double: return .double(Double(number) * 0.1 + (number == 1 ? 1e15 : 0))
    case .decimal(let scale):
      return .decimal(FixedDecimal(mantissa: Int128(number) * 37, scale: scale))
    case .bool: return .bool(number & 1 == 0)
    case .string: return .string("text \(number)")
    case .date: return .date(Int32(number) * 100)
    case .timestamp: return .timestamp(number * 1_000_000)
    }
  }
}
