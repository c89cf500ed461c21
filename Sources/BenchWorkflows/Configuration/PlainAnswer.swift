/// An answer that has one form: lines for standard output, and notes beside them.
package struct PlainAnswer: Sendable, Hashable {
  package let lines: [String]
  package let notes: [String]

  package init(_ lines: [String], notes: [String] = []) {
    self.lines = lines
    self.notes = notes
  }

  package init(_ text: String) { self.init([text]) }

  package func write(to console: Console) {
    for line in lines { console.answer(line) }
    for note in notes { console.note(note) }
  }
}
