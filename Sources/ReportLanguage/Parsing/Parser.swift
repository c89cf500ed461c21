import TextCoding

/// Parses tokens into a tree, with a lookahead of one token.
///
/// A function that cannot parse its construct reports that and returns nil, after consuming at
/// least what it understood. A caller that parses a list then continues with the next element.
struct Parser {
  private var lexer: Lexer
  private(set) var current: Token
  private(set) var following: Token
  /// The end of the token before `current`.
  private(set) var lastEnd = 0
  private var depth = 0
  /// Whether further text is ignored.
  private var isGivenUp = false

  init(_ bytes: [UInt8]) {
    lexer = Lexer(bytes)
    current = lexer.next()
    following = lexer.next()
  }

  /// The diagnostics in the order in which they were found.
  var diagnostics: [Diagnostic] { lexer.diagnostics.all }

  /// Reports a diagnostic, unless parsing has been given up.
  mutating func report(_ diagnostic: Diagnostic) {
    if !isGivenUp { lexer.diagnostics.report(diagnostic) }
  }

  // MARK: - Tokens

  /// Consumes a token. After too many diagnostics the text ends.
  mutating func advance() {
    lastEnd = current.end
    if lexer.diagnostics.isFull {
      current = Token(.end, lastEnd, lastEnd, startsLine: false)
      following = current
    } else {
      current = following
      following = lexer.next()
    }
  }

  /// Consumes the token if it is of that kind.
  mutating func accept(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Consumes the word if it is that keyword.
  mutating func accept(_ keyword: Keyword) -> Bool {
    guard current.keyword == keyword else { return false }
    advance()
    return true
  }

  /// Consumes a symbol, or reports that it is missing.
  mutating func expect(_ kind: Token.Kind, after what: String) -> Bool {
    if accept(kind) { return true }
    reportExpected(.expectedSymbol, "\(kind.symbol) after \(what)")
    return false
  }

  /// Consumes a keyword, or reports that it is missing.
  mutating func expect(_ keyword: Keyword, after what: String) -> Bool {
    if accept(keyword) { return true }
    reportExpected(.expectedSymbol, "'\(keyword.rawValue)' after \(what)", oneOf: [keyword])
    guard meant(in: [keyword]) == keyword else { return false }
    advance()
    return true
  }

  /// Treats the current word as a keyword that was meant.
  mutating func take(as keyword: Keyword) { current.keyword = keyword }

  /// The keyword that the current word is, or probably means.
  func meant(in keywords: [Keyword]) -> Keyword? {
    if let keyword = current.keyword { return keywords.contains(keyword) ? keyword : nil }
    guard current.kind == .word else { return nil }
    return Suggestion.closest(to: string(of: current), in: keywords.map(\.rawValue))
      .flatMap(Keyword.init(rawValue:))
  }

  /// Reports what was expected here, unless the current token has been reported already.
  mutating func reportExpected(
    _ identifier: DiagnosticIdentifier, _ what: String, oneOf keywords: [Keyword] = []
  ) {
    guard current.kind != .invalid else { return }
    // What is missing at the end of a line is reported there, not where the next line begins.
    let isList = [.expectedReport, .expectedStatement, .expectedElement].contains(identifier)
    let meant = current.keyword == nil ? meant(in: keywords)?.rawValue : nil
    report(
      .expected(
        identifier, what, found: found, at: current.startsLine && !isList ? gap : location,
        oneOf: keywords.count > 1 ? keywords.map(\.rawValue) : [], meant: meant))
  }

  /// The current token as messages name it.
  var found: String {
    current.kind == .end ? "the end of the text" : Diagnostic.quoted(string(of: current))
  }

  /// The location of the current token; at the end of the text the location after the last token.
  var location: Span {
    current.kind == .end ? gap : current.span
  }

  /// The location after the last token.
  private var gap: Span { Span(start: lastEnd, end: lastEnd) }

  /// The span from a token to the last one consumed.
  func span(from token: Token) -> Span { Span(start: token.start, end: max(token.end, lastEnd)) }

  func string(of token: Token) -> String { lexer.string(token.start..<token.end) }

  /// The line of a token, counted from 1.
  func line(of token: Token) -> Int {
    lexer.bytes[..<token.start].reduce(into: 1) { if $1 == Byte.newline { $0 += 1 } }
  }

  // MARK: - Names, texts and whole numbers

  /// Parses a name. A statement that begins where the name is missing is not consumed.
  mutating func name(of what: String) -> Name? {
    if current.kind == .word, current.keyword?.isReserved == true {
      report(.reservedWord(string(of: current), at: current.span))
      return nil
    }
    guard current.isName, !beginsStatement else {
      reportExpected(.expectedName, "the name of \(what)")
      return nil
    }
    return takeName()
  }

  /// Consumes the current token as a name, without the sign or the backticks around it.
  mutating func takeName() -> Name? {
    let token = current
    let isSigned = token.kind == .parameter || token.kind == .variable
    let range = (token.start + (isSigned ? 1 : 0))..<token.end
    let isQuoted = lexer.bytes[range.lowerBound] == Byte.backtick
    let text = isQuoted ? lexer.unquoted(range) : lexer.string(range)
    advance()
    guard !text.isEmpty else {
      report(.emptyName(at: token.span))
      return nil
    }
    return Name(text, span: token.span)
  }

  /// Parses a text in quotes.
  mutating func text(of what: String) -> String? {
    if let text = optionalText() { return text }
    reportExpected(.expectedText, "\(what) in quotes")
    return nil
  }

  /// Parses a text in quotes, if there is one.
  mutating func optionalText() -> String? {
    guard current.kind == .text else { return nil }
    let text = lexer.unquoted(current.start..<current.end)
    advance()
    return text
  }

  /// Parses a whole number that is not negative.
  mutating func wholeNumber(of what: String) -> Int? {
    guard current.kind == .integer else {
      reportExpected(.expectedNumber, what)
      return nil
    }
    let token = current
    advance()
    guard let number = Int(string(of: token)) else {
      report(.numberTooLarge(string(of: token), at: token.span))
      return nil
    }
    return number
  }

  // MARK: - Nesting

  /// Parses a construct that may contain others of its kind, up to the nesting limit.
  mutating func nested<Result>(_ read: (inout Parser) -> Result?) -> Result? {
    guard depth < Nesting.limit else {
      reportDepth(at: location)
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return read(&self)
  }

  /// Reports that the nesting is too deep, and gives up, because the end of the construct is
  /// unknown.
  mutating func reportDepth(at span: Span) {
    report(.nestedTooDeeply(at: span))
    isGivenUp = true
    while current.kind != .end { advance() }
  }
}
