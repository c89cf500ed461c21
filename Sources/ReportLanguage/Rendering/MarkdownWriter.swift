import StreamingPipeline
import TextCoding

/// Headings for title and groups, tables of details, paragraphs of everything else.
final class MarkdownWriter: BandWriter {
  private var pending = PendingText()
  private var columns: [PlannedColumn] = []
  private var detailCount = 0
  private var isInTable = false

  func begin(_ head: ReportHead) {
    columns = head.columns
    detailCount = columns.count(where: \.isDetail)
    if !head.hasTitleBand { paragraph("# " + MarkdownText.document(head.title)) }
  }

  func write(_ band: RenderedBand) {
    switch band.kind {
    case .detail: row(band)
    case .columnHeader, .columnFooter: break
    case .title: texts(band, prefix: "# ")
    case .groupHeader(let level):
      texts(band, prefix: String(repeating: "#", count: min(level + 1, 6)) + " ")
    case .groupFooter, .summary: texts(band, prefix: "", emphasis: "**")
    default: texts(band, prefix: "")
    }
  }

  func end() {}

  func take() -> String { pending.take() }

  private func row(_ band: RenderedBand) {
    if !isInTable {
      let details = columns.prefix(detailCount)
      pending.line(
        "| " + details.map { MarkdownText.document($0.heading) }.joined(separator: " | ") + " |")
      pending.line(
        "|" + details.map { $0.alignment == .right ? "---:" : "---" }.joined(separator: "|") + "|")
      isInTable = true
    }
    var fields = [String](repeating: "", count: detailCount)
    for cell in band.allCells {
      if let column = cell.column, column < detailCount, let text = cell.text {
        fields[column] = MarkdownText.document(text)
      }
    }
    pending.line("| " + fields.joined(separator: " | ") + " |")
  }

  private func texts(_ band: RenderedBand, prefix: String, emphasis: String = "") {
    let parts = band.cells.compactMap { text($0, emphasis) }.filter { !$0.isEmpty }
    if !parts.isEmpty { paragraph(prefix + parts.joined(separator: " ")) }
    for inner in band.bands { texts(inner, prefix: "", emphasis: emphasis) }
  }

  private func text(_ cell: RenderedCell, _ emphasis: String) -> String? {
    switch cell.content {
    case .blank: nil
    case .text(let text): MarkdownText.document(text)
    case .value(_, let text): text.isEmpty ? nil : emphasis + MarkdownText.document(text) + emphasis
    case .line: "\n---\n"
    case .box(let text): "> " + MarkdownText.document(text)
    case .image(let path, let alternative):
      "![\(MarkdownText.document(alternative))](<\(Self.address(path))>)"
    case .chart(let drawing): "`\(Sparkline.text(drawing).filter { $0 != "`" })`"
    }
  }

  private func paragraph(_ text: String) {
    if isInTable { pending.line("") }
    isInTable = false
    pending.line(text)
    pending.line("")
  }

  private static func address(_ path: String) -> String {
    Printable.text(path).filter { !"<>\\".contains($0) }
  }
}
