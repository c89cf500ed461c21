extension String {
  /// A sentence out of a phrase: its first letter is a capital.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The same text with ranges and percentages kept on one line: `7.9–9.2 %`.
  var unbroken: String {
    replacing(" %", with: "\u{A0}%").replacing("–", with: "\u{2060}–\u{2060}")
  }
}
