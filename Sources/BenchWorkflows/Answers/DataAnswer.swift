package import BenchOutput

/// An answer that is text for people or JSON for programs.
package struct DataAnswer {
  private let json: () -> String
  private let text: (_ width: Int, _ style: TerminalStyle) -> String
  /// What is said beside the answer.
  package let note: String?
  /// Why the status is another than 0, though there is an answer.
  package let failure: CommandFailure?

  package init(
    json: @autoclosure @escaping () -> String, note: String? = nil, failure: CommandFailure? = nil,
    text: @escaping (_ width: Int, _ style: TerminalStyle) -> String
  ) {
    self.json = json
    self.note = note
    self.failure = failure
    self.text = text
  }

  package func text(
    _ format: OutputFormat, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    switch format {
    case .text: text(width, style)
    case .json: json()
    }
  }

  /// - Throws: `failure`, after the answer.
  package func write(_ format: OutputFormat, to console: Console) throws {
    console.answer(text(format, width: console.width, style: console.style))
    if let failure { throw failure }
    if let note { console.note(note) }
  }
}

/// `--format` of commands that answer with text or data.
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json
}

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
