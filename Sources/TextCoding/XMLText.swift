/// Text that came from data, made safe for XML 1.0.
package enum XMLText {
  /// The text as the value of an attribute, in quotation marks.
  package static func attribute(_ text: String) -> String {
    "\"\(escaped(text, isAttribute: true))\""
  }

  package static func content(_ text: String) -> String { escaped(text, isAttribute: false) }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // A parser makes a space of white space in an attribute, unless it is a reference.
      case "\n", "\t", "\r":
        if isAttribute || scalar == "\r" {
          result += "&#\(scalar.value);"
        } else {
          result.unicodeScalars.append(scalar)
        }
      case _ where isAllowed(scalar): result.unicodeScalars.append(scalar)
      // Not even a reference may stand for it (XML 1.0, production 2); as benchdb shows it
      // elsewhere.
      default: result += shown(scalar)
      }
    }
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    let text = Printable.text(String(scalar))
    return text.unicodeScalars.allSatisfy(isAllowed) ? text : "\u{FFFD}"
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
