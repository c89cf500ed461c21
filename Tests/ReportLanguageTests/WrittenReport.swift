import ReportLanguage
import StreamingPipeline

/// Writes reports over a few records of three fields.
enum WrittenReport {
  static let schema = try! Schema([
    Field("region", .string), Field("name", .string), Field("amount", .int64),
  ])

  /// Parses records such as `north a 1`; `-` is null.
  static func rows(_ text: String) -> [[Value]] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: " ").map { $0 == "-" ? nil : String($0) }
      return [
        parts[0].map { .string($0) } ?? .null, parts[1].map { .string($0) } ?? .null,
        parts[2].flatMap { Int64($0) }.map { .int64($0) } ?? .null,
      ]
    }
  }

  /// Writes a report over `source sales` that has these statements.
  static func text(
    _ statements: String, over records: String, as format: ReportFormat = .csv,
    pageLength: Int? = nil, parameters: [String: ParameterInput] = [:]
  ) throws -> String {
    let report = try Report(
      parsing: ReportText("report r \"R\" {\nsource sales\n\(statements)\n}"))
    let checked = try ReportChecker(schema: schema).check(report)
    var text = ""
    try PreparedReport(checked, parameters: parameters, now: 0).write(
      format, of: try MemorySource(schema: schema, rows: rows(records)), pageLength: pageLength
    ) { text += $0 }
    return text
  }

  /// The rows of a report as CSV, without their headings.
  static func lines(
    _ statements: String, over records: String, pageLength: Int? = nil,
    parameters: [String: ParameterInput] = [:]
  ) throws -> [String] {
    let text = try text(
      statements, over: records, pageLength: pageLength, parameters: parameters)
    return text.split(separator: "\r\n").dropFirst().map(String.init)
  }
}
