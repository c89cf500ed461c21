/// The smallest piece of text to which the grammar gives a meaning.
struct Token {
  enum Kind: UInt8 {
    /// A bare word, which may be a keyword.
    case word
    /// A name in backticks.
    case quotedName
    /// `$name` and `@name`.
    case parameter, variable
    case integer, decimal, double, date, timestamp, text
    case leftBrace, rightBrace, leftParenthesis, rightParenthesis, comma, colon, dot, ellipsis
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, star, slash, percent, bars
    /// Something that has been reported already.
    case invalid
    case end
  }

  let kind: Kind
  let start: Int
  let end: Int
  /// Whether only blanks precede it on its line.
  let startsLine: Bool
  /// The keyword that the word is, or nil.
  var keyword: Keyword?

  var span: Span { Span(start: start, end: end) }

  init(_ kind: Kind, _ start: Int, _ end: Int, startsLine: Bool, keyword: Keyword? = nil) {
    self.kind = kind
    self.start = start
    self.end = end
    self.startsLine = startsLine
    self.keyword = keyword
  }

  var isName: Bool {
    kind == .quotedName || (kind == .word && keyword?.isReserved != true)
  }

  var isNumber: Bool { kind == .integer || kind == .decimal || kind == .double }
}

extension Token.Kind {
  /// The characters of a symbol.
  var symbol: String {
    switch self {
    case .leftBrace: "'{'"
    case .rightBrace: "'}'"
    case .leftParenthesis: "'('"
    case .rightParenthesis: "')'"
    case .comma: "','"
    case .colon: "':'"
    case .ellipsis: "'...'"
    case .equal: "'='"
    default: "a symbol"
    }
  }
}

/// A symbol of other languages, and its equivalent in this one.
struct ForeignSymbol {
  /// The equivalent in this language.
  let meaning: String
  /// The number of its bytes.
  let length: Int
  /// The token that it is replaced by, so that one slip causes one diagnostic.
  let kind: Token.Kind
  /// Whether it begins a comment.
  var isComment: Bool { meaning == "#" }

  private static let all: [(symbol: [UInt8], meaning: String, kind: Token.Kind)] = [
    (Array("==".utf8), "=", .equal), (Array("<>".utf8), "!=", .notEqual),
    (Array("&&".utf8), "and", .invalid), (Array("//".utf8), "#", .invalid),
    (Array("!".utf8), "not", .invalid),
  ]

  /// The foreign symbol at an offset, or nil.
  init?(_ bytes: [UInt8], at offset: Int) {
    guard let found = Self.all.first(where: { bytes[offset...].starts(with: $0.symbol) }) else {
      return nil
    }
    (meaning, length, kind) = (found.meaning, found.symbol.count, found.kind)
  }
}
