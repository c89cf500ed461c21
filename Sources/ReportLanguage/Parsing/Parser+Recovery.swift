/// Finds where parsing can continue after an error.
extension Parser {
  /// Whether the current word begins a statement or an element, as far as two tokens show.
  ///
  /// Its words may also be names. So it must begin a line, or be followed by a token that follows
  /// it in a statement but does not follow a name in an expression.
  var beginsStatement: Bool {
    current.startsLine && (resemblesStatement || isMistypedStatement)
  }

  /// Whether the word is nearly that of a statement, and is followed by a token that only follows a
  /// statement.
  private var isMistypedStatement: Bool {
    guard current.kind == .word, current.keyword == nil, !following.startsLine else {
      return false
    }
    switch following.kind {
    case .word where following.keyword == nil, .integer, .text: break
    default: return false
    }
    return meant(in: Keyword.statements + Keyword.elements) != nil
  }

  private var resemblesStatement: Bool {
    guard let keyword = current.keyword else { return false }
    switch keyword {
    case .group: return following.kind == .integer
    case .limit: return following.kind == .integer
    case .order: return following.keyword == .by
    case .label, .box, .image, .description: return following.kind == .text
    case .band, .field, .source, .parameter, .variable, .format, .chart, .aggregate:
      return following.isName
    case .expression, .filter:
      return following.isName || following.isNumber || following.kind == .text
    case .line: return following.isName || following.kind == .rightBrace
    default: return false
    }
  }

  /// Skips tokens up to the next statement, or the brace that ends the block.
  mutating func skipToStatement() {
    while current.kind != .end, current.kind != .rightBrace, !beginsStatement,
      !(current.keyword == .band && resemblesStatement)
    {
      if current.kind == .leftBrace { skipBlock() } else { advance() }
    }
  }

  /// Skips the rest of a clause, up to a statement or a block.
  mutating func skipToBlock() {
    while current.kind != .end, current.kind != .rightBrace, current.kind != .leftBrace,
      !beginsStatement
    {
      advance()
    }
  }

  /// Skips `{ … }` with its contents.
  mutating func skipBlock() {
    var open = 0
    repeat {
      if current.kind == .leftBrace { open += 1 }
      if current.kind == .rightBrace { open -= 1 }
      advance()
    } while open > 0 && current.kind != .end
  }
}
