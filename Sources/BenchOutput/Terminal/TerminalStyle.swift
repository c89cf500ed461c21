package import BenchComparer

/// What a piece of text is for; never its colour alone says something.
package enum TextRole: Sendable, Hashable, CaseIterable {
  case bad, good, warning, dim, bold, heading
}

extension AnswerKind {
  /// The role of the answer's text; `nil` where it is plain.
  package var role: TextRole? {
    switch tone {
    case .bad: .bad
    case .good: .good
    case .doubtful: .warning
    case .plain: nil
    case .quiet: .dim
    }
  }
}

/// `--color`
package enum ColourChoice: String, Sendable, Hashable, CaseIterable {
  case auto, always, never
}

/// Whether and how text is coloured.
package struct TerminalStyle: Sendable, Hashable {
  package let isColoured: Bool

  package init(isColoured: Bool) { self.isColoured = isColoured }

  package static let plain = TerminalStyle(isColoured: false)

  /// Decides by `--color`, then `NO_COLOR` (no-color.org), then `CLICOLOR_FORCE`
  /// (bixense.com/clicolors), then the terminal.
  ///
  /// An empty variable counts as absent; `TERM=dumb` is a terminal without colours.
  package init(choice: ColourChoice, isTerminal: Bool, environment: [String: String]) {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    switch choice {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      if isSet("NO_COLOR") {
        isColoured = false
      } else if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
        isColoured = true
      } else {
        isColoured = isTerminal && environment["TERM"] != "dumb"
      }
    }
  }

  /// `text` in the colours of `role`, or as it is.
  package func text(_ text: String, _ role: TextRole?) -> String {
    guard isColoured, let role, !text.isEmpty else { return text }
    return "\u{1B}[\(code(role))m\(text)\u{1B}[0m"
  }

  /// Select Graphic Rendition parameters (ECMA-48 §8.3.117), of the eight colours that every theme
  /// sets readable.
  private func code(_ role: TextRole) -> String {
    switch role {
    case .bad: "1;31"
    case .good: "32"
    case .warning: "33"
    case .dim: "2"
    case .bold, .heading: "1"
    }
  }
}
