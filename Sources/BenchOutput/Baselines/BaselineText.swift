package import BenchModel
import TextCoding

/// `benchdb baseline` for a terminal.
package enum BaselineText {
  /// One line a baseline.
  package static func list(
    _ baselines: [Baseline], width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    guard !baselines.isEmpty else {
      return "No baselines yet. next: benchdb baseline set NAME [REVISION]\n"
    }
    var table = TextTable(columns: [
      .init("baseline", fitting: .elidable(minimum: 8)), .init("commit"), .init("set (UTC)"),
      .init("subject", fitting: .elidable(minimum: 12)), .init("note", fitting: .droppable),
    ])
    table.indent = 0
    for baseline in baselines {
      table.add([
        .init(baseline.name), .init(baseline.revision.title),
        .init(Timestamp.minute(baseline.created)),
        .init(baseline.revision.commit.subject, .dim), .init(baseline.note, .dim),
      ])
    }
    return table.lines(width: width, style: style).joined(separator: "\n") + "\n"
  }

  /// Everything about one.
  package static func one(
    _ baseline: Baseline, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    var facts = FactText()
    facts.add("commit", baseline.revision.commit.hash)
    facts.add("uncommitted changes", baseline.revision.isDirty ? "yes" : "none")
    facts.add("subject", baseline.revision.commit.subject)
    facts.add("set", Timestamp.minute(baseline.created) + " UTC")
    facts.add("note", baseline.note.isEmpty ? "none" : baseline.note)
    let heading = style.text("baseline \(Printable.text(baseline.name))", .heading)
    return ([heading] + facts.lines(width: width, style: style)).joined(separator: "\n") + "\n"
  }
}
