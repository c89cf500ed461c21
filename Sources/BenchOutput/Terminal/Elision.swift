import TextCoding

/// Text cut to a width.
package enum Elision {
  /// `text` in at most `width` columns, its middle replaced by `…` where it does not fit: names
  /// differ most at both ends.
  package static func middle(_ text: String, width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    guard width > 0 else { return "" }
    let room = width - 1
    let tail = suffix(text, width: room / 2)
    let head = prefix(text, width: room - DisplayWidth.of(tail))
    return head + "…" + tail
  }

  /// Shorter forms of those texts that `middle` would make look alike: of what they have in common
  /// something is left out before what tells them apart, so that this stays.
  ///
  /// - Returns: the form of each such text, in at most `width` columns.
  package static func toldApart(_ texts: [String], width: Int) -> [String: String] {
    let groups = Dictionary(grouping: Set(texts)) { middle($0, width: width) }
    var forms: [String: String] = [:]
    for group in groups.values where group.count > 1 {
      let (head, tail) = common(group)
      for text in group {
        let own = text.dropFirst(head).dropLast(tail)
        let room = max(0, width - 2 - DisplayWidth.of(String(own)))
        let start = prefix(String(text.prefix(head)), width: room - room / 2)
        let end = suffix(String(text.suffix(tail)), width: room / 2)
        let rest = width - 2 - DisplayWidth.of(start) - DisplayWidth.of(end)
        forms[text] = start + "…" + middle(String(own), width: max(1, rest)) + "…" + end
      }
    }
    return forms
  }

  /// The lengths of the beginning and of the end that all texts have in common, which do not
  /// overlap in any of them.
  private static func common(_ texts: [String]) -> (head: Int, tail: Int) {
    let characters = texts.map(Array.init)
    let shortest = characters.map(\.count).min() ?? 0
    let first = characters[0]
    let head =
      (0..<shortest).first { index in
        characters.contains { $0[index] != first[index] }
      } ?? shortest
    let tail =
      (0..<shortest - head).first { index in
        characters.contains { $0[$0.count - 1 - index] != first[first.count - 1 - index] }
      } ?? shortest - head
    return (head, tail)
  }

  /// The lines of `text` broken at spaces so that none is wider than `width`; a word that is wider
  /// than that is cut. A number stays with its unit. Asks for the width of each character at most
  /// three times, however long a word is.
  package static func wrap(
    _ text: String, width: Int, columns: (Character) -> Int = DisplayWidth.of
  ) -> [String] {
    var lines = [String]()
    var (line, used) = ("", 0)
    for word in words(text) {
      let size = word.reduce(0) { $0 + columns($1) }
      let joined = line.isEmpty ? size : used + 1 + size
      if joined <= width {
        line += line.isEmpty ? word : " \(word)"
        used = joined
        continue
      }
      if !line.isEmpty { lines.append(line) }
      let pieces = cut(word, width: max(width, 2), columns: columns)
      lines += pieces.dropLast()
      line = pieces[pieces.count - 1]
      used = line.reduce(0) { $0 + columns($1) }
    }
    return lines + [line]
  }

  /// Cuts a text into at least one piece, none wider than `width`.
  private static func cut(
    _ word: String, width: Int, columns: (Character) -> Int
  ) -> [String] {
    var (pieces, used) = ([""], 0)
    for character in word {
      let size = columns(character)
      if used + size > width {
        pieces.append("")
        used = 0
      }
      pieces[pieces.count - 1].append(character)
      used += size
    }
    return pieces
  }

  /// The pieces between spaces, a number and its unit in one: `3.1 %`, `30 s`.
  private static func words(_ text: String) -> [String] {
    var words = [String]()
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let isUnit = word.first == "%" || (1...3).contains(word.count) && word.first != "–"
      if isUnit, let last = words.last?.last, last.isNumber {
        words[words.count - 1] += " \(word)"
      } else {
        words.append(String(word))
      }
    }
    return words
  }

  private static func prefix(_ text: String, width: Int) -> String {
    String(text.prefix(fitting(text, width: width)))
  }

  private static func suffix(_ text: String, width: Int) -> String {
    String(text.suffix(fitting(text.reversed(), width: width)))
  }

  /// How many of `characters` fit.
  private static func fitting(_ characters: some Sequence<Character>, width: Int) -> Int {
    var (used, count) = (0, 0)
    for character in characters {
      used += DisplayWidth.of(character)
      if used > width { break }
      count += 1
    }
    return count
  }
}
