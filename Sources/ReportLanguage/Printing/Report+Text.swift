extension Report {
  /// Parses a report.
  ///
  /// A report that can be parsed may still be invalid; `ReportChecker` checks that.
  ///
  /// ```swift
  /// let text = ReportText("report large { source orders  filter amount > 10  band detail { } }")
  /// let report = try Report(parsing: text)
  /// ```
  ///
  /// - Throws: everything that is wrong with the text, up to a hundred diagnostics.
  public init(parsing text: ReportText) throws(Diagnostics) {
    let (report, diagnostics) = Self.recovered(from: text)
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    self = report
  }

  /// The part of a report that can be parsed, and what is wrong with the rest.
  package static func recovered(
    from text: ReportText
  ) -> (report: Report, diagnostics: [Diagnostic]) {
    var parser = Parser(text.bytes)
    let report = parser.parseReport()
    return (report, parser.diagnostics)
  }
}

extension Report {
  /// The text of the report in one canonical form. Parsing it gives an equal report.
  ///
  /// Comments are not part of a report, so they are not in its text.
  public var text: String {
    var lines = Lines()
    let title = title.map { " " + Quoting.text($0) } ?? ""
    lines.block("report \(Quoting.name(name))\(title)") { lines in
      for section in sections where !section.isEmpty {
        lines.gap()
        for line in section { lines.add(line) }
      }
      for band in bands {
        lines.gap()
        lines.add(band)
      }
    }
    return lines.text
  }

  /// The statements by kind, without the bands.
  private var sections: [[String]] {
    let head = description.map { ["description \(Quoting.text($0))"] } ?? []
    let reading = [
      filter.map { "filter \($0.text)" },
      order.isEmpty ? nil : "order by " + order.map(\.text).joined(separator: ", "),
      limit.map { "limit \($0)" },
    ]
    return [
      head + ["source \(Quoting.name(source))"], parameters.map(\.text), formats.map(\.text),
      reading.compactMap { $0 }, groups.map(\.text), variables.map(\.text),
    ]
  }
}

/// Lines of text, indented by the blocks that contain them.
private struct Lines {
  private(set) var text = ""
  private var depth = 0
  private var isFirst = true

  /// Adds an empty line, except at the beginning of a block.
  mutating func gap() {
    if !isFirst { text += "\n" }
  }

  mutating func add(_ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
    isFirst = false
  }

  /// Adds lines in braces.
  mutating func block(_ head: String, _ body: (inout Lines) -> Void) {
    add(head + " {")
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    add("}")
  }

  mutating func add(_ band: Band) {
    let visibility = band.visibility.map { " visible when \($0.text)" } ?? ""
    block("band \(band.kind.text)\(visibility)") { lines in
      for element in band.elements { lines.add(element.text) }
      for inner in band.bands { lines.add(inner) }
    }
  }
}
