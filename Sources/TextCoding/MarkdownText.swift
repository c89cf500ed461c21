/// Text that came from data, made safe for GitHub's and GitLab's Markdown, always on one line.
package enum MarkdownText {
  /// `text` as plain text in a paragraph or a table's cell of a comment: every character that could
  /// be markup is written as an entity, which Markdown never takes for structure. A name after `@`
  /// and a number after `#`, `!` or `$` are parted by a space without width, so that nobody is
  /// notified and nothing linked.
  package static func text(_ text: String) -> String {
    Printable.text(text).unicodeScalars.reduce(into: "") { result, scalar in
      if isMarkup(scalar) {
        result += "&#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
      if "@#!$".unicodeScalars.contains(scalar) { result += "&#8203;" }
    }
  }

  /// `text` in type of fixed width. HTML's own tag, since a back-tick in a table's cell can't be
  /// escaped.
  package static func code(_ text: String) -> String { "<code>\(self.text(text))</code>" }

  /// `text` in a document of its own, such as a report, which is read as it stands and copied from:
  /// what means something to Markdown or HTML within a line stands behind a backslash. Spaces
  /// without width would be part of the values there, so references are not parted.
  package static func document(_ text: String) -> String {
    Printable.text(text).unicodeScalars.reduce(into: "") { result, scalar in
      if "\\`*_{}[]<>#|&~!".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }

  /// ASCII punctuation but for what can't begin markup within a line.
  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    "\\`*_{}[]<>()#+-!|~&@$:^=\"'".unicodeScalars.contains(scalar)
  }
}
