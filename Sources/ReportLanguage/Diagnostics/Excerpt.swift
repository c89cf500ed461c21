import TextCoding

/// The source line shown below a diagnostic, and the caret under it.
///
/// In a terminal, the caret is under the reported location: tabs stay tabs in both lines, wide
/// characters take two cells, and long lines are cut to a window around the location. Characters
/// that are invisible or would control the terminal are shown as U+FFFD.
struct Excerpt: Equatable {
  /// The line, or the part of it around the location.
  let line: String
  /// Blanks, then a caret under the first character and tildes under the rest of the span.
  let marks: String

  /// The most terminal cells shown, half of them before the location. With a line number they fit
  /// in 100.
  private static let window = 90

  init(of span: Span, in text: ReportText) {
    let range = text.line(around: span.start)
    let start = min(max(span.start, range.lowerBound), range.upperBound)
    let end = min(max(span.end, start), range.upperBound)
    let before = Self.tail(text.bytes[range.lowerBound..<start])
    let marked = Self.head(text.bytes[start..<end], cells: Self.window / 2)
    let rest = Self.window - DisplayWidth.of(before.text) - DisplayWidth.of(marked.text)
    let after =
      marked.isCut ? ("", false) : Self.head(text.bytes[end..<range.upperBound], cells: rest)
    let blanks = String(
      before.text.flatMap { character in
        character == "\t" ? "\t" : String(repeating: " ", count: DisplayWidth.of(character))
      })
    let tildes = max(0, DisplayWidth.of(marked.text) - 1)
    line =
      (before.isCut ? "…" : "") + before.text + marked.text + after.0
      + (marked.isCut || after.1 ? "…" : "")
    marks = (before.isCut ? " " : "") + blanks + "^" + String(repeating: "~", count: tildes)
  }

  /// The first characters that fit into this many cells, and whether any are missing.
  private static func head(_ bytes: ArraySlice<UInt8>, cells: Int) -> (text: String, isCut: Bool) {
    // No more than about four bytes fit into a cell, so a longer piece need not be decoded.
    let text = shown(bytes.prefix(cells * 4 + 64))
    var (kept, used) = ("", 0)
    for character in text {
      used += DisplayWidth.of(character)
      guard used <= cells else { return (kept, true) }
      kept.append(character)
    }
    return (kept, bytes.count > cells * 4 + 64)
  }

  /// The last characters that fit into half the window, and whether any are missing.
  private static func tail(_ bytes: ArraySlice<UInt8>) -> (text: String, isCut: Bool) {
    let cells = window / 2
    var piece = bytes.suffix(cells * 4 + 64)
    // The piece must not begin in the middle of a character.
    while piece.count < bytes.count, let first = piece.first, first & 0xC0 == 0x80 {
      piece.removeFirst()
    }
    var (kept, used): ([Character], Int) = ([], 0)
    for character in shown(piece).reversed() {
      used += DisplayWidth.of(character)
      guard used <= cells else { return (String(kept.reversed()), true) }
      kept.append(character)
    }
    return (String(kept.reversed()), piece.count < bytes.count)
  }

  /// The bytes as text without any character that controls a terminal.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      text.append(scalar == "\t" || !scalar.isInvisible ? scalar : "\u{FFFD}")
    }
    return String(text)
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character, a line break, or changes the direction of writing.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
