package import BenchModel

/// How the rows of a query are written.
package enum RowFormat: String, Sendable, Hashable, CaseIterable {
  /// Aligned columns for a terminal.
  case text
  /// RFC 4180: quoted where needed, lines end with CR LF.
  case csv
  /// JSON Lines: first `{"schemaVersion":1,"kind":"rows","columns":[…]}`, then an array a row.
  case json
}

/// Writes the rows of a query as they come, so that a huge answer needs no memory.
package struct RowWriter {
  /// How many rows share one alignment: text is written in blocks of this size.
  package static let blockRows = 1_000

  private let format: RowFormat
  private let width: Int
  private let style: TerminalStyle
  private let write: (String) -> Void
  private var columns: [String] = []
  private var block: [[SQLValue]] = []
  private var hasWrittenBlock = false

  /// `write` is called with whole lines.
  package init(
    format: RowFormat, width: Int = 80, style: TerminalStyle = .plain,
    write: @escaping (String) -> Void
  ) {
    self.format = format
    self.width = width
    self.style = style
    self.write = write
  }

  /// Takes the names of the columns, before any row.
  package mutating func begin(columns: [String]) {
    self.columns = columns
    switch format {
    case .text: break
    case .csv: write(RowCSV.line(columns.map { .text($0) }))
    case .json: write(RowJSON.header(columns))
    }
  }

  /// Takes one row, a value for each column.
  package mutating func add(_ row: [SQLValue]) {
    switch format {
    case .text:
      block.append(row)
      if block.count == Self.blockRows { flush() }
    case .csv: write(RowCSV.line(row))
    case .json: write(RowJSON.line(row))
    }
  }

  /// Writes what is left.
  package mutating func end() {
    if format == .text, !block.isEmpty || !hasWrittenBlock { flush() }
  }

  private mutating func flush() {
    write(RowText.text(columns: columns, rows: block, width: width, style: style))
    block = []
    hasWrittenBlock = true
  }
}
