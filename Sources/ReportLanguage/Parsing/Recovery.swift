/// Where reading goes on after an error.
extension Parser {
  /// Whether the current word begins a statement or an element, as far as two tokens can tell.
  ///
  /// Its words may be names as well, so that it must begin a line or be followed by what follows
  /// it in a statement, and not by what follows a name in an expression.
  var beginsStatement: Bool {
    guard let keyword = current.keyword else { return false }
    let fits: Bool
    switch keyword {
    case .group: fits = following.kind == .integer
    case .limit: fits = following.kind == .integer
    case .order: fits = following.keyword == .by
    case .label, .box, .image, .description: fits = following.kind == .text
    case .band, .field, .source, .parameter, .variable, .format, .chart, .aggregate:
      fits = following.isName
    case .expression, .filter:
      fits = following.isName || following.isNumber || following.kind == .text
    case .line: fits = following.isName || following.kind == .rightBrace
    default: return false
    }
    return fits && (current.startsLine || keyword == .band)
  }

  /// Passes tokens up to the next statement, or the brace that ends the block.
  mutating func skipToStatement() {
    while current.kind != .end, current.kind != .rightBrace, !beginsStatement {
      if current.kind == .leftBrace { skipBlock() } else { advance() }
    }
  }

  /// Passes the rest of a clause: up to a statement or a block.
  mutating func skipToBlock() {
    while current.kind != .end, current.kind != .rightBrace, current.kind != .leftBrace,
      !beginsStatement
    {
      advance()
    }
  }

  /// Passes `{ … }` with all that stands in it.
  mutating func skipBlock() {
    var open = 0
    repeat {
      if current.kind == .leftBrace { open += 1 }
      if current.kind == .rightBrace { open -= 1 }
      advance()
    } while open > 0 && current.kind != .end
  }
}
