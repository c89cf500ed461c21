import BenchTestSupport
import StreamingPipeline

/// Random schemas and records; strings come packed or with a dictionary of their own a batch.
struct RandomRecords {
  private var random: SeededRandom
  let schema: Schema
  private(set) var batches: [Batch] = []

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

  /// A random aggregation over the schema.
  mutating func aggregation() -> Aggregation {
    var groupings: [Grouping] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let keys = schema.fields.shuffled(using: &random).prefix(
        Int.random(in: 1...4, using: &random))
      groupings.append(Grouping(by: keys.map(\.name), computing: aggregates()))
    }
    return Aggregation(global: aggregates(), groupings: groupings)
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func aggregates() -> [Aggregate] {
    var result: [Aggregate] = [.count]
    for field in schema.fields where Bool.random(using: &random) {
      result += [.count(field.name), .min(field.name), .max(field.name)]
      switch field.type {
      case .int64, .double, .decimal: result += [.sum(field.name), .average(field.name)]
      default: break
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
      let dictionary = StringDictionary((0..<values).map { "text \($0 * 7 % 31)" })
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
