/// Text that came from data, made safe for a terminal.
package enum Printable {
  /// `text` on one line, with everything that a terminal would obey instead of show written as an
  /// escape: `\e`, `\n`, `\u{9B}`.
  ///
  /// Covers control characters (C0, DEL and C1), line and paragraph separators, and the marks that
  /// reorder text.
  package static func text(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if isUnsafe(scalar) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// The same of as much as anybody reads: 2,000 Unicode scalars, then `…`. A program may give
  /// any reason for its failure.
  package static func excerpt(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: 2_000, limitedBy: scalars.endIndex)
    guard let end, end < scalars.endIndex else { return Self.text(text) }
    return Self.text(String(scalars[..<end])) + "…"
  }

  /// The same for a text of several lines, which stay lines.
  package static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Self.text(String($0)) }.joined(separator: "\n")
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\u{1B}": "\\e"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
}
