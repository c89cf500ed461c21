package import BenchModel

/// `benchdb list` for a terminal: one line a run, in the order given.
package enum RunListText {
  package static func text(
    _ runs: [RunSummary], width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    guard !runs.isEmpty else {
      return "No runs yet. next: benchdb record\n"
    }
    var table = TextTable(columns: [
      .init("run"), .init("started (UTC)"), .init("commit"), .init("status"),
      .init("processes", alignment: .right, fitting: .expendable),
      .init("profile", fitting: .droppable),
      .init("machine", fitting: .droppable), .init("subject", fitting: .elidable(minimum: 12)),
    ])
    table.indent = 0
    let titles = MachineTitles(runs.compactMap(\.machine))
    for run in runs { table.add(cells(run, titles)) }
    return table.lines(width: width, style: style).joined(separator: "\n") + "\n"
  }

  private static func cells(_ run: RunSummary, _ titles: MachineTitles) -> [TextTable.Cell] {
    [
      .init(run.id.short), .init(Timestamp.minute(run.started)),
      .init(commits(run)), .init(run.status.rawValue, run.status.role),
      .init(run.processes.text), .init(run.purpose == .record ? run.profile : run.purpose.rawValue),
      .init(run.machine.map { titles[$0] } ?? "–", .dim), .init(run.revision.commit.subject, .dim),
    ]
  }
}

extension RunListText {
  /// `4f2c1aa09`, with what else was measured: `, 91be03712` or `, 3 more`
  private static func commits(_ run: RunSummary) -> String {
    switch run.others.count {
    case 0: run.revision.title
    case 1: run.revision.title + ", " + run.others[0].title
    default: run.revision.title + ", \(run.others.count) more"
    }
  }
}

extension Revision {
  /// `4f2c1aa09`, with `*` for uncommitted changes.
  package var title: String { commit.shortHash + (isDirty ? "*" : "") }
}

extension ProcessTally {
  /// `40`, `12/40`, `40, 2 failed`
  var text: String {
    let count = done == planned ? Digits.grouped(done) : "\(done)/\(planned)"
    return failed == 0 ? count : "\(count), \(Digits.grouped(failed)) failed"
  }
}

extension RunStatus {
  var role: TextRole? {
    switch self {
    case .completed: nil
    case .running: .dim
    case .interrupted: .warning
    case .failed: .bad
    }
  }
}
