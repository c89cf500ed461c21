// How wide text is in a terminal: in cells, of which most characters take one.

extension Character {
  /// Two for the wide blocks of East Asian Width (Unicode Annex 11) and for emoji, otherwise one.
  var cells: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.value {
    // Most text is below the first wide block, and need not be asked for its properties.
    case 0..<0x1100: return hasEmojiSelector ? 2 : 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF: return 0
    default: return scalar.properties.isEmojiPresentation || hasEmojiSelector ? 2 : 1
    }
  }

  /// Whether a variation selector asks for the picture of a sign that is text by itself: ❤️, 1️⃣.
  private var hasEmojiSelector: Bool {
    unicodeScalars.count > 1 && unicodeScalars.contains { $0.value == 0xFE0F }
  }
}

extension String {
  /// How many cells it takes.
  var cells: Int {
    var text = self
    let isPlain = text.withUTF8 { bytes in bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
    return isPlain ? utf8.count : reduce(0) { $0 + $1.cells }
  }
}

/// A text on one line, without signs that steer a terminal or turn the direction of what follows.
func plain(_ text: String) -> String {
  // Of bytes below 0x80 only controls steer.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  return String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: " "
        default:
          (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value) ? "\u{FFFD}" : scalar
        }
      }))
}
