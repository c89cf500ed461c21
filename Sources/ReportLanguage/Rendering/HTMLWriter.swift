import StreamingPipeline
import TextCoding

/// Text that is fit for HTML. It can only be made by escaping, or from literals of this program, so
/// that nothing a record says is ever taken for markup.
struct Markup: ExpressibleByStringInterpolation, ExpressibleByStringLiteral {
  let text: String

  init(stringLiteral text: String) { self.text = text }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
  private init(escaped text: String) { self.text = text }

  static func joined(_ parts: [Markup]) -> Markup {
    Markup(escaped: parts.map(\.text).joined())
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var text = ""
    init(literalCapacity: Int, interpolationCount: Int) {}
    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

    /// Lines of a text become one, so that every line of the page is a band.
    mutating func appendInterpolation(_ plainText: String) {
      var bytes: [UInt8] = []
      HTMLText.append(plainText, to: &bytes)
      for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x09 {
        bytes[index] = 0x20
      }
      text += String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// A page of its own: headings, tables and drawings, without a script or anything from elsewhere.
final class HTMLWriter: BandWriter {
  private var pending = PendingText()
  private var columns: [PlannedColumn] = []
  private var detailCount = 0
  private var isInTable = false
  private let isPart: Bool

  /// - Parameter isPart: whether it is written into a page that is there already.
  init(isPart: Bool = false) { self.isPart = isPart }

  private static let style: Markup = """
    body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
    table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.2rem .7rem;text-align:left}
    th{border-bottom:2px solid #999}td{border-bottom:1px solid #ddd}
    .n{text-align:right;font-variant-numeric:tabular-nums}.box{border:1px solid;padding:.2rem .6rem}
    .f{font-weight:600}figure{margin:1rem 0}svg{max-width:100%}
    svg text{font:11px system-ui,sans-serif;fill:currentColor}
    @media(prefers-color-scheme:dark){body{background:#16181d;color:#e6e6e6}td{border-color:#333}}
    """

  func begin(_ head: ReportHead) {
    columns = head.columns
    detailCount = columns.count(where: \.isDetail)
    if isPart { return }
    line(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(head.title)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      """)
    if !head.hasTitleBand { line("<h1>\(head.title)</h1>") }
  }

  func write(_ band: RenderedBand) {
    switch band.kind {
    case .detail: row(band)
    case .columnHeader, .columnFooter: break
    case .title: block(band, "<h1>", "</h1>")
    case .groupHeader(let level):
      let number = min(level + 1, 6)
      block(band, "<h\(number)>", "</h\(number)>")
    case .groupFooter, .summary: block(band, "<p class=\"f\">", "</p>")
    default: block(band, "<p>", "</p>")
    }
  }

  func end() {
    closeTable()
    if !isPart { line("</body>\n</html>") }
  }

  func take() -> String { pending.take() }

  private func line(_ markup: Markup) { pending.line(markup.text) }

  private func closeTable() {
    if isInTable { line("</tbody></table>") }
    isInTable = false
  }

  private func row(_ band: RenderedBand) {
    if !isInTable {
      let headings = columns.prefix(detailCount).map { column -> Markup in
        // Widths, so that the tables of all groups have the same columns.
        let width: Markup = "style=\"min-width:\(column.width * 3 / 5)em\""
        return column.alignment == .right
          ? "<th class=\"n\" \(width)>\(column.heading)</th>"
          : "<th \(width)>\(column.heading)</th>"
      }
      line("<table><thead><tr>\(Markup.joined(headings))</tr></thead><tbody>")
      isInTable = true
    }
    var fields = [Markup](repeating: "", count: detailCount)
    for cell in band.allCells {
      if let column = cell.column, column < detailCount { fields[column] = content(cell) }
    }
    let cells = zip(columns, fields).map { column, field -> Markup in
      column.alignment == .right ? "<td class=\"n\">\(field)</td>" : "<td>\(field)</td>"
    }
    line("<tr>\(Markup.joined(cells))</tr>")
  }

  private func block(_ band: RenderedBand, _ open: Markup, _ close: Markup) {
    closeTable()
    let drawings = band.cells.filter { if case .chart = $0.content { true } else { false } }
    let parts = band.cells.compactMap { cell -> Markup? in
      if case .chart = cell.content { return nil }
      let content = content(cell)
      return content.text.isEmpty ? nil : content
    }
    if !parts.isEmpty {
      let joined = parts.dropFirst().reduce(parts[0]) { "\($0) \($1)" }
      line("\(open)\(joined)\(close)")
    }
    for drawing in drawings { line("<figure>\(content(drawing))</figure>") }
    for inner in band.bands { block(inner, "<p>", "</p>") }
  }

  private func content(_ cell: RenderedCell) -> Markup {
    switch cell.content {
    case .blank: ""
    case .text(let text), .value(_, let text): "\(text)"
    case .line: "<hr>"
    case .box(let text): "<span class=\"box\">\(text)</span>"
    case .image(let path, let alternative):
      Self.isSafe(path) ? "<img src=\"\(path)\" alt=\"\(alternative)\">" : "\(alternative)"
    case .chart(let drawing): ChartSVG(drawing).markup
    }
  }

  /// Whether an address is that of a file or page, and not one that runs something.
  private static func isSafe(_ path: String) -> Bool {
    guard let colon = path.firstIndex(of: ":") else { return true }
    let scheme = path[..<colon]
    return ["http", "https"].contains(scheme.lowercased()) || scheme.contains("/")
  }
}
