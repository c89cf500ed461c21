import StreamingPipeline

/// Lines for people: a line for every band, its elements side by side.
final class TextWriter: BandWriter {
  private var pending = PendingText()
  private var columns: [PlannedColumn] = []
  private var isHeadingDue = false
  private var width = 0

  func begin(_ head: ReportHead) {
    columns = head.columns
    let details = columns.filter(\.isDetail)
    width = details.map(\.width).reduce(0, +) + max(0, details.count - 1) * 2
    isHeadingDue = !head.hasColumnHeader && !details.isEmpty
    if !head.hasTitleBand {
      pending.line(plain(head.title))
      pending.line("")
    }
  }

  func write(_ band: RenderedBand) {
    if isHeadingDue, band.kind == .detail { writeHeading() }
    if !band.cells.isEmpty { pending.line(line(band.cells)) }
    for inner in band.bands { write(inner) }
  }

  func breakPage() { pending.line("", end: "\u{C}") }

  func end() {}

  func take() -> String { pending.take() }

  /// The headings of the details, once, where the report has no band for them.
  private func writeHeading() {
    isHeadingDue = false
    let details = columns.filter(\.isDetail)
    let headings = details.map { plain($0.heading).aligned($0.alignment, in: $0.width) }
    pending.line(headings.joined(separator: "  ").withoutTrailingSpaces)
    pending.line(
      details.map { String(repeating: "─", count: $0.width) }.joined(separator: "  "))
  }

  private func line(_ cells: [RenderedCell]) -> String {
    cells.map { cell in
      let column = cell.column.flatMap { columns[$0].isDetail ? columns[$0] : nil }
      let width = column?.width ?? cell.width
      guard let width else { return text(cell) }
      return text(cell).aligned(cell.alignment ?? column?.alignment ?? .left, in: width)
    }.joined(separator: "  ").withoutTrailingSpaces
  }

  private func text(_ cell: RenderedCell) -> String {
    switch cell.content {
    case .blank: ""
    case .text(let text), .value(_, let text): plain(text)
    case .line: String(repeating: "─", count: cell.width ?? max(width, 20))
    case .box(let text): "[ \(plain(text)) ]"
    case .image(_, let alternative): "(\(plain(alternative)))"
    case .chart(let drawing): Sparkline.text(drawing)
    }
  }
}

/// A text on one line, without signs that steer a terminal.
func plain(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
    return text
  }
  return String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
}

extension String {
  /// Filled up with spaces to a width; a longer text stays as it is.
  func aligned(_ alignment: ReportLanguage.Element.Alignment, in width: Int) -> String {
    let missing = width - count
    guard missing > 0 else { return self }
    let left =
      switch alignment {
      case .left: 0
      case .centre: missing / 2
      case .right: missing
      }
    return String(repeating: " ", count: left) + self
      + String(repeating: " ", count: missing - left)
  }

  var withoutTrailingSpaces: String {
    guard last == " " else { return self }
    return String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
