package import BenchModel

/// What became of the commits of a backfill.
package struct BackfillTally: Sendable {
  package var recorded = 0
  /// Commits of which a benchmark failed; the other benchmarks are stored.
  package var failed = 0
  package var unbuildable: [(commit: Commit, reason: String)] = []
  /// Commits that were not begun when the time was over.
  package var left = 0

  package init() {}
}

/// What `benchdb backfill` says when it is done.
package enum BackfillText {
  /// `recorded 7 commits, skipped 1 that can't be measured`, and a table of what was skipped.
  package static func text(
    _ tally: BackfillTally, width: Int, style: TerminalStyle
  ) -> String {
    let counts = [
      "recorded \(English.count(tally.recorded + tally.failed, "commit"))",
      tally.failed > 0
        ? "\(Digits.grouped(tally.failed)) of them with benchmarks that failed" : nil,
      tally.unbuildable.isEmpty
        ? nil : "skipped \(Digits.grouped(tally.unbuildable.count)) that can't be measured",
      tally.left > 0 ? "the time is over with \(Digits.grouped(tally.left)) left" : nil,
    ].compactMap(\.self)
    var lines = [counts.joined(separator: ", ")]
    if !tally.unbuildable.isEmpty { lines += table(tally).lines(width: width, style: style) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ tally: BackfillTally) -> TextTable {
    var table = TextTable(columns: [
      .init("skipped"), .init("subject", fitting: .elidable(minimum: 12)),
      .init("why", fitting: .wrapping(minimum: 20)),
    ])
    for (commit, reason) in tally.unbuildable {
      table.add([
        .init(commit.shortHash), .init(commit.subject),
        .init(String(reason.prefix { !$0.isNewline }), .dim),
      ])
    }
    return table
  }
}
