/// Text that came from data, made safe for GitHub's and GitLab's Markdown.
enum MarkdownEscaping {
  /// `text` as plain text in a paragraph or a table's cell: every character that could be markup is
  /// written as an entity, which Markdown never takes for structure. A name after `@` and a number
  /// after `#`, `!` or `$` are parted by a space without width, so that nobody is notified and
  /// nothing linked.
  static func text(_ text: String) -> String {
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
  static func code(_ text: String) -> String { "<code>\(self.text(text))</code>" }

  /// ASCII punctuation but for what can't begin markup within a line.
  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    "\\`*_{}[]<>()#+-!|~&@$:^=\"'".unicodeScalars.contains(scalar)
  }
}
