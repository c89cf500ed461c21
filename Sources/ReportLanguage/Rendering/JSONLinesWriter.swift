import StreamingPipeline
import TextCoding

/// An object a line for every band that has values: the band's kind, then values by heading.
///
/// Whole numbers, decimals and doubles are numbers with all their digits, dates and times texts in
/// ISO 8601; infinities and NaN, which JSON does not have, are null.
final class JSONLinesWriter: BandWriter {
  private var pending = PendingText()
  private var headings: [String] = []

  func begin(_ head: ReportHead) { headings = head.columns.map { JSONText.quoted($0.heading) } }

  func write(_ band: RenderedBand) {
    let members = band.allCells.compactMap { cell -> String? in
      guard let column = cell.column else { return nil }
      guard case .value(let value, _) = cell.content else { return "\(headings[column]):null" }
      return "\(headings[column]):\(Self.text(value))"
    }
    guard !members.isEmpty else { return }
    pending.line("{\"band\":\"\(band.kind.text)\",\(members.joined(separator: ","))}")
  }

  func end() {}

  func take() -> String { pending.take() }

  private static func text(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .int64, .decimal, .bool: value.description
    case .double(let number): number.isFinite ? "\(number)" : "null"
    case .string(let text): JSONText.quoted(text)
    case .date, .timestamp: "\"\(value)\""
    }
  }
}
