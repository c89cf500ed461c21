/// Writes texts and names in the language's notation.
enum Quoting {
  /// A text in quotes, with escapes for characters that need them.
  static func text(_ text: String, in quote: Unicode.Scalar = "\"") -> String {
    var quoted = String.UnicodeScalarView()
    quoted.append(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\":
        quoted.append("\\")
        quoted.append(scalar)
      case "\n": quoted.append(contentsOf: #"\n"#.unicodeScalars)
      case "\t": quoted.append(contentsOf: #"\t"#.unicodeScalars)
      case "\r": quoted.append(contentsOf: #"\r"#.unicodeScalars)
      default:
        if scalar.isInvisible {
          let code = String(scalar.value, radix: 16, uppercase: true)
          quoted.append(contentsOf: #"\u{\#(code)}"#.unicodeScalars)
        } else {
          quoted.append(scalar)
        }
      }
    }
    quoted.append(quote)
    return String(quoted)
  }

  /// A name, bare where possible, otherwise in backticks.
  static func name(_ name: Name) -> String { self.name(name.text) }

  /// A dotted name, with each part written as a name.
  static func path(_ name: Name) -> String {
    let parts = name.text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return text(name.text, in: "`") }
    return parts.map { self.name(String($0)) }.joined(separator: ".")
  }

  static func name(_ name: String) -> String { isBare(name) ? name : text(name, in: "`") }

  private static func isBare(_ name: String) -> Bool {
    if let keyword = Keyword(word: name) {
      // These two keywords begin a format where a format's name may be expected.
      return !keyword.isReserved && keyword != .currency && keyword != .percentage
    }
    guard let first = name.unicodeScalars.first, first.beginsWord else { return false }
    return name.unicodeScalars.allSatisfy(\.continuesWord)
  }
}

extension Unicode.Scalar {
  /// Whether a bare name may begin with it.
  fileprivate var beginsWord: Bool {
    isASCII ? UInt8(ascii: self).isWordStart : properties.isXIDStart
  }

  /// Whether a bare name may continue with it.
  fileprivate var continuesWord: Bool {
    isASCII ? UInt8(ascii: self).isWordPart : properties.isXIDContinue
  }
}
