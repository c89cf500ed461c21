import StreamingPipeline
import TextCoding

/// A table: a row for every band that has values, its values in the columns of their headings.
///
/// Values are written as they are, without formats: numbers with a point and all their digits,
/// dates and times in ISO 8601. Where bands other than details have values, a first column names
/// the band. Lines end with CR LF, texts that need it stand in double quotes (RFC 4180).
final class CSVWriter: BandWriter {
  private var pending = PendingText()
  private var columnCount = 0
  private var namesBands = false

  func begin(_ head: ReportHead) {
    columnCount = head.columns.count
    namesBands = head.hasOtherRows
    row((namesBands ? ["band"] : []) + head.columns.map(\.heading))
  }

  func write(_ band: RenderedBand) {
    var fields = [String](repeating: "", count: columnCount)
    var hasValues = false
    for cell in band.allCells {
      guard let column = cell.column else { continue }
      hasValues = true
      if case .value(let value, _) = cell.content, !value.isNull {
        fields[column] = value.description
      }
    }
    if hasValues { row((namesBands ? [band.kind.text] : []) + fields) }
  }

  func end() {}

  func take() -> String { pending.take() }

  private func row(_ fields: [String]) {
    // A line of nothing at all would be passed over by most readers.
    if fields == [""] { return pending.line("\"\"", end: "\r\n") }
    pending.line(fields.map(CSVText.field).joined(separator: ","), end: "\r\n")
  }
}
