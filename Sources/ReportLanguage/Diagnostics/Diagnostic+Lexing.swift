/// The diagnostics of letters and words.
extension Diagnostic {
  static func badUTF8(_ byte: UInt8, at range: Range<Int>) -> Diagnostic {
    let hexadecimal = String(byte, radix: 16, uppercase: true)
    return Diagnostic(
      .badUTF8, at: Span(range), "the byte 0x\(hexadecimal) is not UTF-8 here",
      help: "save the file as UTF-8")
  }

  static func unexpectedCharacter(_ character: String, at range: Range<Int>) -> Diagnostic {
    let scalar = character.unicodeScalars.first ?? "?"
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let name = scalar.properties.name.map { ", \($0)," } ?? ""
    return Diagnostic(
      .unexpectedCharacter, at: Span(range),
      "the character \(code)\(name) begins nothing in this language",
      help: scalar.isASCII
        ? nil : "write texts in quotes, and names with such characters in backticks")
  }

  static func foreignSymbol(_ symbol: ForeignSymbol, at range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .unknownOperator, at: Span(range), "this symbol belongs to another language",
      help: symbol.isComment ? "a comment begins with '#'" : "did you mean '\(symbol.meaning)'?")
  }

  static func unterminatedText(at range: Range<Int>, quote: String, isName: Bool) -> Diagnostic {
    Diagnostic(
      .unterminatedText, at: Span(range),
      "this \(isName ? "name" : "text") does not end in its line",
      help: "expected \(quote) before the end of the line; a line break in it is written \\n")
  }

  static func badEscape(_ escape: String, at range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .badEscape, at: Span(range), "\(quoted(escape)) is not an escape",
      help: #"expected \n, \t, \r, \\, \', \", \` or \u{1F600}"#)
  }

  static func badNumber(_ number: String, at range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .badNumber, at: Span(range), "\(quoted(number)) is not a number",
      help: "expected digits, as in 12, 12.50 or 1.2e3; a name with digits first needs backticks")
  }

  static func numberTooLarge(_ number: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, at: span, "\(quoted(number)) has too many digits",
      help:
        "whole numbers and decimals hold 18 digits; with an exponent, as in 1e30, it is a double")
  }

  static func badDate(_ date: String, at range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .badDate, at: Span(range), "\(quoted(date)) is not a day or time of the calendar",
      help: "expected YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ; a subtraction has blanks around its '-'")
  }

  static func missingName(at range: Range<Int>, sign: String) -> Diagnostic {
    let what = sign == "$" ? "parameter" : "variable"
    return Diagnostic(
      .missingName, at: Span(range), "'\(sign)' is not followed by a name",
      help: "expected the name of a \(what), as in \(sign)\(sign == "$" ? "since" : "total")")
  }

  /// A piece of the text in quotes, shortened where it is long.
  static func quoted(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: 40, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return "'\(text)'" }
    return "'\(text[..<end])…'"
  }
}

extension Span {
  /// The span of a range of bytes.
  init(_ range: Range<Int>) { self.init(start: range.lowerBound, end: range.upperBound) }
}
