import BenchComparer
package import BenchModel
package import BenchOutput

/// `--format` of commands that look at history.
package enum HistoryFormat: String, Sendable, CaseIterable {
  case text, json, csv, markdown
}

/// `benchdb trend`: how every series went over the commits, and where it stands.
package struct TrendRequest {
  private let workspace: Workspace
  private let selection: HistorySelection
  private let drawsPage: Bool

  package init(_ selection: HistorySelection, drawsPage: Bool = false, in workspace: Workspace) {
    self.selection = selection
    self.drawsPage = drawsPage
    self.workspace = workspace
  }

  package func run() throws -> TrendAnswer {
    let reading = try ReadHistory(selection, in: workspace)
    var rows: [TrendRow] = []
    var document = drawsPage ? try TrendDocument(reading, in: workspace) : nil
    try reading.forEach { series, family in
      try document?.add(series, of: family)
      if let row = TrendRow(series, on: reading.line, accepted: reading.accepted) {
        rows.append(row)
      }
    }
    return TrendAnswer(
      rows: rows, line: reading.line, rule: reading.rule, showsAll: selection.all,
      document: document)
  }
}

/// Every series as it went over the commits.
package struct TrendAnswer {
  package let rows: [TrendRow]
  package let line: CommitLine
  let rule: HistoryRule
  let showsAll: Bool
  /// The page, where one was asked for.
  let document: TrendDocument?

  package func page(to file: OutputFile) throws { try document?.write(to: file) }

  package func write(_ format: HistoryFormat, to console: Console) {
    switch format {
    case .text:
      let text = TrendText(
        rows, line: line, showsAll: showsAll, width: console.width, style: console.style)
      console.answer(text.text)
    case .json: console.answer(HistoryJSON.trend(rows, line: line, rule: rule))
    case .csv: console.answer(HistoryTable(trend: rows).csv)
    case .markdown: console.answer(HistoryTable(trend: rows).markdown)
    }
  }
}
