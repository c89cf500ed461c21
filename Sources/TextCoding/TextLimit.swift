/// The length of text that came from outside and is stored.
package enum TextLimit {
  /// The most bytes of a text of one line that is stored, such as a name or a commit's subject.
  package static let bytes = 4096

  /// `text`, or as much of its beginning as fits into so many bytes together with the `…` that
  /// stands for the rest.
  ///
  /// The text is cut between two characters. Any number of marks may join a character, so that one
  /// that fills more than half of the room is cut between its scalars.
  package static func cut(_ text: String, bytes: Int = bytes) -> String {
    guard text.utf8.count > bytes else { return text }
    let room = bytes - ellipsis.utf8.count
    let end = text.utf8.index(text.startIndex, offsetBy: room)
    var scalarEnd = end
    while scalarEnd.samePosition(in: text.unicodeScalars) == nil {
      scalarEnd = text.utf8.index(before: scalarEnd)
    }
    let kept = characters(of: text, upTo: scalarEnd)
    return (kept.utf8.count >= room / 2 ? kept : text[..<scalarEnd]) + ellipsis
  }

  /// The whole characters before `end`.
  private static func characters(of text: String, upTo end: String.Index) -> Substring {
    // A slice breaks a character at its end in two, so that the last one may be a part.
    let slice = text[..<end]
    return end.samePosition(in: text) == nil ? slice.dropLast() : slice
  }

  private static let ellipsis = "…"
}
