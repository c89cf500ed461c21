import TextCoding

/// One line on standard error that says how far measuring has come.
package struct ProgressLine: Sendable, Hashable {
  /// Processes that ended, and all that are planned.
  package let done: Int
  package let total: Int
  /// What is measured now, in people's words; empty between benchmarks.
  package let current: String
  /// The time since measuring began.
  package let elapsedSeconds: Double

  package init(done: Int, total: Int, current: String, elapsedSeconds: Double) {
    self.done = done
    self.total = total
    self.current = current
    self.elapsedSeconds = elapsedSeconds
  }

  /// `--progress`
  package enum Choice: String, Sendable, Hashable, CaseIterable {
    case auto, always, never
  }

  /// Whether progress is shown at all: by default on a terminal outside continuous integration.
  package static func isShown(
    choice: Choice, isTerminal: Bool, environment: [String: String]
  ) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      return isTerminal && !isContinuousIntegration(environment: environment)
        && environment["TERM"] != "dumb"
    }
  }

  /// Whether a service for continuous integration runs benchdb; most of them set `CI`.
  package static func isContinuousIntegration(environment: [String: String]) -> Bool {
    !["", "false", "0"].contains(environment["CI"] ?? "")
  }

  /// Seconds that the rest takes if it goes on as it went; `nil` before anything is done.
  package var secondsLeft: Double? {
    guard done > 0, elapsedSeconds.isFinite, elapsedSeconds >= 0 else { return nil }
    return elapsedSeconds / Double(done) * Double(max(0, total - done))
  }

  /// `[████░░░░] 12/40 throughput/grouped 4 min 10 s left`, in at most `width`
  /// columns.
  package func text(width: Int) -> String {
    let count = "\(Digits.grouped(done))/\(Digits.grouped(total))"
    let left = secondsLeft.map { "  \(WaitingTime.text(seconds: $0)) left" } ?? ""
    let fixed = DisplayWidth.of("[\(bar)] \(count)\(left)")
    let room = width - fixed - 2
    let name = room >= 8 ? Elision.middle(Printable.text(current), width: room) : ""
    let line = "[\(bar)] \(count)" + (name.isEmpty ? "" : "  \(name)") + left
    return DisplayWidth.of(line) <= width ? line : Elision.middle(count, width: width)
  }

  /// What replaces the line drawn last: back to its start, the text, and everything behind it
  /// erased (ECMA-48 §8.3.41).
  package func redrawn(width: Int) -> String { "\r\(text(width: width))\u{1B}[K" }

  /// What removes the line, so that other text may follow.
  package static let erased = "\r\u{1B}[K"

  private var bar: String {
    let cells = 20
    let share = total > 0 ? Double(min(max(done, 0), total)) / Double(total) : 0
    let full = Int(share * Double(cells))
    return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
  }
}
