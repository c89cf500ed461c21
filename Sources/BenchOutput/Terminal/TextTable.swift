import TextCoding

/// Columns aligned by display width and fitted to a terminal.
///
/// If a table is too wide, columns that may go are dropped, long names lose their middle, the
/// last column is wrapped, and elidable columns shrink to their minimum, in this order; where that
/// is not enough expendable columns are dropped, and the last column and elidable ones go below
/// their minimum. Nothing else is ever cut.
package struct TextTable: Sendable {
  package var columns: [Column]
  package private(set) var rows: [Row] = []
  /// Spaces before every line.
  package var indent = 2

  package init(columns: [Column]) { self.columns = columns }

  /// - Parameter cells: one for each column.
  package mutating func add(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(.cells(cells))
  }

  /// A line across all columns.
  package mutating func add(line: Cell) { rows.append(.line(line)) }

  package struct Column: Sendable {
    package let title: Cell
    package let alignment: Alignment
    /// What may become of it in a narrow terminal.
    package let fitting: Fitting

    package init(_ title: String, alignment: Alignment = .left, fitting: Fitting = .fixed) {
      self.title = Cell(title, .dim)
      self.alignment = alignment
      self.fitting = fitting
    }
  }

  package enum Alignment: Sendable { case left, right }

  package enum Fitting: Sendable {
    case fixed
    /// Dropped altogether.
    case droppable
    /// Dropped only where shrinking every other column is not enough.
    case expendable
    /// Elided in the middle, never below so many columns.
    case elidable(minimum: Int)
    /// Broken into lines, never narrower than so many columns; only the last column may wrap.
    case wrapping(minimum: Int)
  }

  /// Printable text, no longer than anybody reads, and its role.
  package struct Cell: Sendable, Hashable {
    package let text: String
    package let role: TextRole?

    package init(_ text: String, _ role: TextRole? = nil) {
      self.text = Printable.excerpt(text)
      self.role = role
    }
  }

  package enum Row: Sendable {
    case cells([Cell])
    case line(Cell)
  }
}
