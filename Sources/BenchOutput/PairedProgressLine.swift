import TextCoding

/// One line on standard error that says how far a paired comparison has come.
package struct PairedProgressLine: Sendable, Hashable {
  /// The round that is measured, from 1, and after how many the last verdict falls.
  package let round: Int
  package let rounds: Int
  /// Benchmarks that are still measured.
  package let undecided: Int
  /// The one that is measured now, in people's words.
  package let current: String
  /// The most that measuring may still take; `nil` where it is not known.
  package let secondsLeft: Double?

  package init(round: Int, rounds: Int, undecided: Int, current: String, secondsLeft: Double?) {
    self.round = round
    self.rounds = rounds
    self.undecided = undecided
    self.current = current
    self.secondsLeft = secondsLeft
  }

  /// `round 7 of 30 · 3 benchmarks undecided · at most 4 min 10 s left · throughput/grouped`, in
  /// at most `width` columns.
  package func text(width: Int) -> String {
    let position = "round \(Digits.grouped(round)) of \(Digits.grouped(rounds))"
    let open = "\(English.count(undecided, "benchmark")) undecided"
    let left = secondsLeft.map { "at most \(WaitingTime.text(seconds: max(0, $0))) left" }
    let parts = [position, open] + [left].compactMap(\.self)
    let line = parts.joined(separator: " · ")
    guard DisplayWidth.of(line) <= width else { return Elision.middle(position, width: width) }
    let room = width - DisplayWidth.of(line) - 3
    let name = room >= 8 ? Elision.middle(Printable.text(current), width: room) : ""
    return name.isEmpty ? line : "\(line) · \(name)"
  }

  /// What replaces the line drawn last.
  package func redrawn(width: Int) -> String { "\r\(text(width: width))\u{1B}[K" }
}
