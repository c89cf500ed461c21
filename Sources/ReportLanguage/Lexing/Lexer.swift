/// Splits a text into tokens, one at a time. It accepts any bytes and never stops at an error.
struct Lexer {
  let bytes: [UInt8]
  var diagnostics = DiagnosticList()
  var offset = 0
  private let keywords = KeywordTable.shared

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark means nothing in UTF-8, but editors write it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// Returns the next token; at the end of the text it returns `end` again and again.
  mutating func next() -> Token {
    let startsLine = skipBlanks()
    let start = offset
    guard start < bytes.count else { return Token(.end, start, start, startsLine: startsLine) }
    let byte = bytes[start]
    let kind: Token.Kind
    switch byte {
    case _ where byte.isWordStart: return word(startsLine)
    case _ where byte.isDigit: kind = number()
    case Byte.doubleQuote, Byte.singleQuote: kind = quoted(as: .text)
    case Byte.backtick: kind = quoted(as: .quotedName)
    case UInt8(ascii: "$"): kind = named(.parameter)
    case UInt8(ascii: "@"): kind = named(.variable)
    case 0x80...:
      if isWordScalar(at: start, first: true) { return word(startsLine) }
      kind = unexpected()
    default: kind = symbol(byte) ?? unexpected()
    }
    return Token(kind, start, offset, startsLine: startsLine)
  }

  /// The byte this far ahead, or 0 at the end.
  func byte(ahead distance: Int = 0) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  /// Skips blanks and comments, and returns whether a new line began.
  private mutating func skipBlanks() -> Bool {
    var startsLine = offset == 0
    while offset < bytes.count {
      switch bytes[offset] {
      case Byte.newline: startsLine = true
      case Byte.space, Byte.tab, Byte.carriageReturn: break
      case Byte.hash:
        skipComment()
        continue
      default: return startsLine
      }
      offset += 1
    }
    return startsLine
  }

  /// Skips a comment, which extends from `#` to the end of its line.
  private mutating func skipComment() {
    while offset < bytes.count, bytes[offset] != Byte.newline {
      guard bytes[offset] >= 0x80 else {
        offset += 1
        continue
      }
      if let decoded = DecodedScalar(bytes, at: offset) {
        offset += decoded.length
      } else {
        skipBadUTF8()
      }
    }
  }

  // MARK: - Words and names

  private mutating func word(_ startsLine: Bool) -> Token {
    let start = offset
    skipWord()
    let keyword = bytes.withUnsafeBufferPointer { bytes in
      keywords.keyword(UnsafeBufferPointer(rebasing: bytes[start..<offset]))
    }
    return Token(.word, start, offset, startsLine: startsLine, keyword: keyword)
  }

  /// Skips the rest of a word.
  mutating func skipWord() {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte.isWordPart {
        offset += 1
      } else if byte >= 0x80, isWordScalar(at: offset, first: false),
        let decoded = DecodedScalar(bytes, at: offset)
      {
        offset += decoded.length
      } else {
        return
      }
    }
  }

  /// Whether a scalar beyond ASCII may begin or continue a word (Unicode Annex 31).
  func isWordScalar(at offset: Int, first: Bool) -> Bool {
    guard let decoded = DecodedScalar(bytes, at: offset) else { return false }
    let properties = decoded.scalar.properties
    return first ? properties.isXIDStart : properties.isXIDContinue
  }

  /// Reads a name after a sign.
  private mutating func named(_ kind: Token.Kind) -> Token.Kind {
    let start = offset
    offset += 1
    if byte() == Byte.backtick { return quoted(as: kind) }
    let begin = offset
    skipWord()
    guard offset > begin, !bytes[begin].isDigit else {
      diagnostics.report(.missingName(at: start..<max(offset, begin), sign: string(start..<begin)))
      return .invalid
    }
    return kind
  }

  /// Reads a text or a name in quotes, up to the same quote or the end of the line.
  private mutating func quoted(as kind: Token.Kind) -> Token.Kind {
    let start = offset
    let quote = bytes[start]
    offset += 1
    while offset < bytes.count {
      switch bytes[offset] {
      case quote:
        offset += 1
        return kind
      case Byte.backslash where byte(ahead: 1) != Byte.newline && offset + 1 < bytes.count:
        offset += 2
      case Byte.newline: return unterminated(from: start)
      default: offset += 1
      }
    }
    return unterminated(from: start)
  }

  private mutating func unterminated(from start: Int) -> Token.Kind {
    let isName = bytes[start] == Byte.backtick
    diagnostics.report(
      .unterminatedText(at: start..<offset, quote: string(start..<start + 1), isName: isName))
    return .invalid
  }

  // MARK: - Everything else

  private mutating func symbol(_ byte: UInt8) -> Token.Kind? {
    let next = self.byte(ahead: 1)
    let (kind, length): (Token.Kind, Int) =
      switch byte {
      case UInt8(ascii: "{"): (.leftBrace, 1)
      case UInt8(ascii: "}"): (.rightBrace, 1)
      case UInt8(ascii: "("): (.leftParenthesis, 1)
      case UInt8(ascii: ")"): (.rightParenthesis, 1)
      case UInt8(ascii: ","): (.comma, 1)
      case UInt8(ascii: ":"): (.colon, 1)
      case Byte.dot where next == Byte.dot && self.byte(ahead: 2) == Byte.dot: (.ellipsis, 3)
      case Byte.dot: (.dot, 1)
      case UInt8(ascii: "=") where next != UInt8(ascii: "="): (.equal, 1)
      case UInt8(ascii: "!") where next == UInt8(ascii: "="): (.notEqual, 2)
      case UInt8(ascii: "<") where next == UInt8(ascii: "="): (.lessOrEqual, 2)
      case UInt8(ascii: "<") where next != UInt8(ascii: ">"): (.less, 1)
      case UInt8(ascii: ">") where next == UInt8(ascii: "="): (.greaterOrEqual, 2)
      case UInt8(ascii: ">"): (.greater, 1)
      case Byte.plus: (.plus, 1)
      case Byte.minus: (.minus, 1)
      case UInt8(ascii: "*"): (.star, 1)
      case UInt8(ascii: "/") where next != UInt8(ascii: "/"): (.slash, 1)
      case UInt8(ascii: "%"): (.percent, 1)
      case UInt8(ascii: "|") where next == UInt8(ascii: "|"): (.bars, 2)
      default: (.invalid, 0)
      }
    offset += length
    return length > 0 ? kind : nil
  }

  /// Reports a character that begins no token. A symbol of another language is replaced by its
  /// equivalent.
  private mutating func unexpected() -> Token.Kind {
    if bytes[offset] >= 0x80, DecodedScalar(bytes, at: offset) == nil {
      skipBadUTF8()
      return .invalid
    }
    if let foreign = ForeignSymbol(bytes, at: offset) {
      let start = offset
      offset += foreign.length
      diagnostics.report(.foreignSymbol(foreign, at: start..<offset))
      if foreign.isComment { skipComment() }
      return foreign.kind
    }
    let start = offset
    offset += DecodedScalar(bytes, at: offset)?.length ?? 1
    diagnostics.report(.unexpectedCharacter(string(start..<offset), at: start..<offset))
    // A run of the same character causes one diagnostic.
    while bytes[start..<offset].elementsEqual(bytes[offset...].prefix(offset - start)) {
      offset += offset - start
    }
    return .invalid
  }

  /// Reports and skips a run of bytes that are not UTF-8.
  mutating func skipBadUTF8() {
    let start = offset
    while offset < bytes.count, bytes[offset] >= 0x80, DecodedScalar(bytes, at: offset) == nil {
      offset += 1
    }
    diagnostics.report(.badUTF8(bytes[start], at: start..<offset))
  }

  func string(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
  }
}
