import BenchComparer
import BenchModel

/// What happened to a series, in words that every format shares.
package enum EventText {
  /// `slower by 5.1–7.2 %`, `drifts: slower by 4.0–6.1 %`, `slower by 9.0 % for 4 commits`,
  /// `outlier: slower by 12.0 %`
  package static func change(_ event: HistoryEvent) -> String {
    let words = ChangeWords(event.metric)
    let text = words.text(event.change)
    return switch event.kind {
    case .shift: text
    case .drift: "drifts: \(text)"
    case .excursion: "\(text) for \(English.count(event.commits, "commit"))"
    case .outlier: "outlier: \(text)"
    }
  }

  /// `in 4f2c1aa09`, `in 91be0371f..4f2c1aa09, 5 commits`, `from 91be0371f to 4f2c1aa09, 5
  /// commits`, `at 4f2c1aa09`
  package static func commits(_ event: HistoryEvent) -> String {
    let (from, to) = (event.from.shortHash, event.to.shortHash)
    return switch event.kind {
    case .outlier: "at \(to)"
    case .drift: "from \(from) to \(to), \(English.count(event.commits, "commit"))"
    case .excursion where from == to: "at \(to)"
    case .excursion: "from \(from) to \(to)"
    case .shift where event.commits == 1: "in \(to)"
    case .shift: "in \(from)..\(to), \(English.count(event.commits, "commit"))"
    }
  }

  /// `provisional` where what is to come may still change it, and what was accepted of it:
  /// `accepted until 2026-12-31`.
  package static func standing(_ event: HistoryEvent) -> [String] {
    [
      event.isProvisional ? event.kind == .drift ? "going on" : "provisional" : nil,
      event.accepted.map(AcceptanceText.standing),
    ].compactMap(\.self)
  }

  /// All of it in a line: `slower by 5.1–7.2 % in 4f2c1aa09 (2026-10-01)`.
  static func line(_ event: HistoryEvent) -> String {
    let notes = [days(event)] + standing(event)
    return "\(change(event)) \(commits(event)) (\(notes.joined(separator: ", ")))"
  }

  /// The day on which it happened; of an excursion, those on which it began and ended.
  private static func days(_ event: HistoryEvent) -> String {
    let (from, to) = (Timestamp.day(event.from.authored), Timestamp.day(event.to.authored))
    return event.kind == .excursion && from != to ? "\(from) to \(to)" : to
  }

  static func role(_ event: HistoryEvent) -> TextRole? {
    switch event.kind {
    case _ where !event.metric.isDirectionKnown: nil
    case .outlier, .excursion: .dim
    case .shift where event.isAccepted: AnswerKind.accepted.role
    case .shift, .drift: (event.isWorse ? AnswerKind.slower : .faster).role
    }
  }
}
