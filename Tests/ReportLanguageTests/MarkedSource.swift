import ReportLanguage
import StreamingPipeline

/// A report's text in which `1️⃣` precedes each location where a diagnostic is expected.
struct MarkedSource {
  /// The text without its marks.
  let text: ReportText
  /// The byte offsets of the marks, in order.
  let marks: [Int]

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var marks: [Int] = []
    let pieces = marked.split(separator: "1️⃣", omittingEmptySubsequences: false)
    for (position, piece) in pieces.enumerated() {
      bytes += Array(piece.utf8)
      if position < pieces.count - 1 { marks.append(bytes.count) }
    }
    text = ReportText(bytes: bytes, name: "test.report")
    self.marks = marks
  }
}

/// The fields of the reports in these tests.
let orders = try! Schema(
  [
    Field("id", .int64), Field("region", .string), Field("customer.name", .string),
    Field("status", .string), Field("amount", .decimal(scale: 2)), Field("quantity", .int64),
    Field("discount", .double), Field("date", .date), Field("at", .timestamp),
    Field("done", .bool),
  ], key: "id")

/// Everything that is wrong with a text: its syntax, or else its meaning.
func diagnostics(of text: ReportText, over schema: Schema = orders) -> [Diagnostic] {
  do {
    let report = try Report(parsing: text)
    _ = try ReportChecker(schema: schema).check(report)
    return []
  } catch {
    return error.all
  }
}
