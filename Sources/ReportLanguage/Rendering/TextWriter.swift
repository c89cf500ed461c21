import StreamingPipeline
import TextCoding

/// Writes lines for people: a line for every band, its elements side by side.
final class TextWriter: BandWriter {
  /// The number of lines of the title and the blank line after it, where the report has no title
  /// band.
  static let titleLines = 2

  private var pending = PendingText()
  private var columns: [PlannedColumn] = []
  /// The columns at which the details' elements begin.
  private var starts: [Int] = []
  private var spacing = TextSpacing(hasHeading: false)
  private var width = 0

  func begin(_ head: ReportHead) {
    columns = head.columns
    let details = columns.filter(\.isDetail)
    starts = details.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.width + TextLine.gap) }
    width = details.isEmpty ? 0 : starts[details.count] - TextLine.gap
    spacing = TextSpacing(hasHeading: head.hasTextHeading)
    if !head.hasTitleBand {
      pending.line(Printable.text(head.title))
      pending.line("")
    }
  }

  func write(_ band: RenderedBand) {
    guard band.height > 0 else { return }
    let front = spacing.front(of: band.kind)
    if front.hasBlankLine { pending.line("") }
    if front.hasHeading { writeHeading() }
    spacing.pass(band.kind)
    writeLines(band)
  }

  func breakPage() {
    pending.line("", end: "\u{C}")
    spacing.turnPage()
  }

  func end() {}

  func take() -> String { pending.take() }

  private func writeLines(_ band: RenderedBand) {
    if !band.cells.isEmpty { pending.line(line(band)) }
    for inner in band.bands { writeLines(inner) }
  }

  private func writeHeading() {
    let details = columns.filter(\.isDetail)
    var line = TextLine()
    for column in details {
      line.append(
        Printable.text(column.heading), column.alignment, at: line.next, width: column.width)
    }
    pending.line(line.text)
    pending.line(
      details.map { String(repeating: "─", count: $0.width) }.joined(separator: "  "))
  }

  private func line(_ band: RenderedBand) -> String {
    var line = TextLine()
    for cell in band.cells {
      let text = text(cell)
      let column = cell.column.flatMap { columns[$0].isDetail ? columns[$0] : nil }
      guard let width = column?.width ?? cell.width else {
        // In details, text without a value of its own follows the text before it.
        line.append(text, at: band.kind == .detail ? line.next : nil)
        continue
      }
      let start =
        band.kind == .detail ? nil : column.flatMap { _ in cell.column.map { starts[$0] } }
      line.append(
        text, cell.alignment ?? column?.alignment ?? .left, at: start ?? line.next, width: width)
    }
    return line.text
  }

  private func text(_ cell: RenderedCell) -> String {
    switch cell.content {
    case .blank: ""
    case .text(let text), .value(_, let text): Printable.text(text)
    case .line: String(repeating: "─", count: cell.width ?? max(width, 20))
    case .box(let text): "[ \(Printable.text(text)) ]"
    case .image(_, let alternative): "(\(Printable.text(alternative)))"
    case .chart(let drawing): Sparkline.text(drawing)
    }
  }
}

/// A line that is written from left to right, in which elements have their columns.
///
/// Text that is longer than its column moves what follows as far as necessary and no further: the
/// next element for which there is room begins at its own column again.
struct TextLine {
  /// The number of blanks between columns.
  static let gap = 2

  private(set) var text = ""
  private var used = 0
  private var end = 0

  /// The column after the text written last.
  var next: Int { end == 0 ? 0 : end + Self.gap }

  /// Writes a text into a column.
  mutating func append(
    _ text: String, _ alignment: Element.Alignment, at start: Int, width: Int
  ) {
    let missing = max(0, width - DisplayWidth.of(text))
    let indent =
      switch alignment {
      case .left: 0
      case .centre: missing / 2
      case .right: missing
      }
    write(text, at: start + indent, gap: Self.gap)
    end = start + width
  }

  /// Writes a text with its own width, at a column or after the text written last.
  mutating func append(_ text: String, at start: Int?) {
    write(text, at: start ?? 0, gap: start == nil ? 1 : Self.gap)
    end = max(start.map { $0 + DisplayWidth.of(text) } ?? 0, used)
  }

  private mutating func write(_ text: String, at column: Int, gap: Int) {
    guard !text.isEmpty else { return }
    let start = max(column, used == 0 ? 0 : used + gap)
    self.text += String(repeating: " ", count: start - used) + text
    used = start + DisplayWidth.of(text)
  }
}
