import TextCoding

extension TextTable {
  /// The table, header first, in lines of at most `width` columns as far as its columns allow.
  package func lines(width: Int, style: TerminalStyle) -> [String] {
    let layout = TableLayout(self, width: width)
    let margin = String(repeating: " ", count: indent)
    var lines = layout.lines(columns.map(\.title), style: style)
    for row in rows {
      switch row {
      case .cells(let cells): lines += layout.lines(layout.toldApart(cells), style: style)
      case .line(let cell):
        lines += Elision.wrap(cell.text, width: max(width - indent, 20))
          .map { style.text($0, cell.role) }
      }
    }
    return lines.map { margin + $0 }
  }
}

/// Chooses the columns that are shown, and the width of each.
private struct TableLayout {
  private struct Position {
    let index: Int
    let column: TextTable.Column
    var width: Int
  }

  private var positions: [Position]
  /// The texts of elidable columns that would look alike once their middle is left out, by column.
  private var alike: [Int: [String: String]] = [:]
  private static let gap = 2
  /// Names longer than this are elided before anything is wrapped for their sake.
  private static let longName = 40
  /// What is left in a terminal that is narrower than the table's own minima.
  private static let leastWrapped = 12
  private static let leastElided = 8

  init(_ table: TextTable, width: Int) {
    var widths = table.columns.map { DisplayWidth.of($0.title.text) }
    for case .cells(let cells) in table.rows {
      for (index, cell) in cells.enumerated() {
        widths[index] = max(widths[index], DisplayWidth.of(cell.text))
      }
    }
    positions = table.columns.indices.map {
      Position(index: $0, column: table.columns[$0], width: widths[$0])
    }
    fit(into: width - table.indent)
    for position in positions where position.column.fitting.isElidable {
      let texts = table.rows.compactMap { row -> String? in
        if case .cells(let cells) = row { cells[position.index].text } else { nil }
      }
      alike[position.index] = Elision.toldApart(texts, width: position.width)
    }
  }

  /// The cells, with what differs in place of what their names have in common.
  func toldApart(_ cells: [TextTable.Cell]) -> [TextTable.Cell] {
    var cells = cells
    for (column, texts) in alike {
      if let text = texts[cells[column].text] {
        cells[column] = TextTable.Cell(text, cells[column].role)
      }
    }
    return cells
  }

  private mutating func fit(into width: Int) {
    drop(into: width, \.isDroppable)
    let whole = positions
    shrink(into: width)
    // What an expendable column leaves is shared out anew.
    if total > width, let last = whole.lastIndex(where: { $0.column.fitting.isExpendable }) {
      positions = whole
      positions.remove(at: last)
      return fit(into: width)
    }
    // Better hard to read than broken by the terminal, in the middle of every line.
    shrink(into: width) { $0.isWrapping ? Self.leastWrapped : nil }
    shrink(into: width) { $0.isElidable ? Self.leastElided : nil }
  }

  /// Shrinks columns to their minima, as far as it takes.
  private mutating func shrink(into width: Int) {
    shrink(into: width) {
      if case .elidable(let minimum) = $0 { max(minimum, Self.longName) } else { nil }
    }
    shrink(into: width) { if case .wrapping(let minimum) = $0 { minimum } else { nil } }
    shrink(into: width) { if case .elidable(let minimum) = $0 { minimum } else { nil } }
  }

  /// Drops columns from the right.
  private mutating func drop(into width: Int, _ mayGo: (TextTable.Fitting) -> Bool) {
    while total > width, let last = positions.lastIndex(where: { mayGo($0.column.fitting) }) {
      positions.remove(at: last)
    }
  }

  private var total: Int {
    positions.reduce(0) { $0 + $1.width } + max(0, positions.count - 1) * Self.gap
  }

  private mutating func shrink(
    into width: Int, minimum: (TextTable.Fitting) -> Int?
  ) {
    for index in positions.indices {
      guard total > width, let minimum = minimum(positions[index].column.fitting) else { continue }
      positions[index].width = max(
        positions[index].width - (total - width), min(minimum, positions[index].width))
    }
  }

  func lines(_ cells: [TextTable.Cell], style: TerminalStyle) -> [String] {
    let columns = positions.map { position in
      position.column.fitting.isWrapping
        ? Elision.wrap(cells[position.index].text, width: position.width)
        : [Elision.middle(cells[position.index].text, width: position.width)]
    }
    return (0..<(columns.map(\.count).max() ?? 0)).map { line in
      let pieces = zip(positions, columns).map { position, texts in
        padded(
          line < texts.count ? texts[line] : "", position, role: cells[position.index].role, style)
      }
      return trimmed(pieces.joined(separator: String(repeating: " ", count: Self.gap)))
    }
  }

  private func padded(
    _ text: String, _ position: Position, role: TextRole?, _ style: TerminalStyle
  ) -> String {
    let space = String(repeating: " ", count: max(0, position.width - DisplayWidth.of(text)))
    let styled = style.text(text, role)
    return position.column.alignment == .right ? space + styled : styled + space
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension TextTable.Fitting {
  fileprivate var isDroppable: Bool { if case .droppable = self { true } else { false } }
  fileprivate var isExpendable: Bool { if case .expendable = self { true } else { false } }
  fileprivate var isElidable: Bool { if case .elidable = self { true } else { false } }
  fileprivate var isWrapping: Bool { if case .wrapping = self { true } else { false } }
}
