import BenchTestSupport
import Foundation
import StreamingPipeline

/// Random records of every type, and the text of the files that hold them.
struct FileRecords {
  static let fields: [Field] = [
    Field("id", .int64), Field("ratio", .double), Field("amount", .decimal(scale: 3)),
    Field("flag", .bool), Field("name", .string), Field("day", .date), Field("at", .timestamp),
  ]

  let rows: [[Value]]
  private var random: SeededRandom

  init(seed: UInt64, count: Int) {
    var random = SeededRandom(seed: seed)
    rows = (0..<count).map { id in
      Self.fields.enumerated().map { column, field in
        if column > 0, Int.random(in: 0..<8, using: &random) == 0 { return .null }
        return Self.value(field.type, id, &random)
      }
    }
    self.random = random
  }

  private static func value(_ type: FieldType, _ id: Int, _ random: inout SeededRandom) -> Value {
    switch type {
    case .int64:
      .int64(Bool.random(using: &random) ? Int64(id) : .random(in: .min ... .max, using: &random))
    case .double:
      .double(random.nextNormal() * [1e-300, 1e-5, 1, 1e9, 1e200].randomElement(using: &random)!)
    case .decimal(let scale):
      .decimal(
        FixedDecimal(
          mantissa: Int128(Int64.random(in: .min ... .max, using: &random)), scale: scale))
    case .bool: .bool(.random(using: &random))
    case .string: .string(text(&random))
    case .date: .date(.random(in: -700_000...2_000_000, using: &random))
    case .timestamp:
      .timestamp(.random(in: -60_000_000_000_000_000...200_000_000_000_000_000, using: &random))
    }
  }

  /// Makes a text of everything that has a meaning in one of the formats, and of characters that
  /// UTF-8 writes in two to four bytes.
  private static func text(_ random: inout SeededRandom) -> String {
    let pieces = [
      "a", "Zürich", "\"", ",", "\n", "\r\n", ";", "\\", "\t", "漢", "🚀", " ", "null", "{", "]",
      "\u{1}",
    ]
    return (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces.randomElement(using: &random)!
    }.joined()
  }

  /// Writes the columns in another order than the fields, with two columns that are not fields, and
  /// with quotes where needed and, at random, where not.
  mutating func csv(separator: String = ",", lineEnd: String = "\n") -> String {
    let order = [4, 0, 6, 1, 5, 3, 2]
    var lines = [
      (["other"] + order.map { Self.fields[$0].name } + ["last"]).joined(separator: separator)
    ]
    for row in rows {
      if Int.random(in: 0..<10, using: &random) == 0 { lines.append("") }
      let values = order.map { row[$0].isNull ? "" : quoted(row[$0].description, separator) }
      lines.append((["\"x\(separator)\""] + values + ["y"]).joined(separator: separator))
    }
    return lines.joined(separator: lineEnd) + (Bool.random(using: &random) ? lineEnd : "")
  }

  private mutating func quoted(_ text: String, _ separator: String) -> String {
    let needsQuotes =
      text.isEmpty || text.unicodeScalars.contains { "\"\n\r".unicodeScalars.contains($0) }
      || text.contains(separator)
    guard needsQuotes || Int.random(in: 0..<5, using: &random) == 0 else { return text }
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// Writes the members of some lines in another order, and writes or omits nulls.
  mutating func jsonLines() -> String {
    rows.map { row in
      var members = ["\"other\":{\"a\":[1,\"}\",null]}"]
      for (field, value) in zip(Self.fields, row) {
        if value.isNull, Bool.random(using: &random) { continue }
        members.append("\"\(field.name)\" : \(json(value))")
      }
      if Int.random(in: 0..<3, using: &random) == 0 { members.shuffle(using: &random) }
      return "{" + members.joined(separator: ",") + "}\n"
    }.joined()
  }

  private mutating func json(_ value: Value) -> String {
    switch value {
    case .string, .date, .timestamp: text(value.description)
    case .decimal: Bool.random(using: &random) ? text(value.description) : value.description
    default: value.description
    }
  }

  private mutating func text(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": Bool.random(using: &random) ? "\\n" : "\\u000a"
      case "🚀": Bool.random(using: &random) ? "🚀" : "\\ud83d\\uDE80"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}

/// Writes a file and passes its path to `body`.
func withFile<Result>(_ content: String, _ body: (String) throws -> Result) throws -> Result {
  try withFile(Array(content.utf8), body)
}

func withFile<Result>(_ content: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  try withTemporaryDirectory { directory in
    let url = directory.appending(path: "records.txt")
    try Data(content).write(to: url)
    return try body(url.path)
  }
}

/// Reads a source to its end in batches of at most `demand` records.
func allRows(_ source: any Source, demand: Int, after position: SourcePosition = .start) throws
  -> [[Value]]
{
  let cursor = try source.open(after: position)
  var rows: [[Value]] = []
  while let batch = try cursor.next(atMost: demand) { rows += batch.rows.map(\.values) }
  return rows
}
