package import BenchComparer
package import BenchModel
import BenchOutput
import Foundation

/// What the last comparison found worse, kept beside the results so that `benchdb accept` accepts
/// what was read and nothing measured since.
package struct LastComparison: Codable {
  package let base: String
  package let head: String
  package let rows: [Row]

  package struct Row: Codable {
    package let series: SeriesKey
    /// What `Change.acceptedSize` says.
    package let size: Double
    /// The answer as people read it.
    package let answer: String
  }

  init(base: String, head: String, rows: [Row]) {
    self.base = base
    self.head = head
    self.rows = rows
  }

  private static func file(in workspace: Workspace) -> URL {
    URL(filePath: workspace.storage).appending(path: "last-comparison.json")
  }

  /// Keeps it, where results are kept; a question does not make that folder, nor fail because it
  /// can't be written.
  func keep(in workspace: Workspace) {
    guard FileManager.default.fileExists(atPath: workspace.storage),
      let text = try? JSONEncoder().encode(self)
    else { return }
    try? text.write(to: Self.file(in: workspace), options: .atomic)
  }

  package static func kept(in workspace: Workspace) -> LastComparison? {
    (try? Data(contentsOf: file(in: workspace)))
      .flatMap { try? JSONDecoder().decode(LastComparison.self, from: $0) }
  }
}

extension LastComparison {
  /// What a comparison found worse, or suspects of it, accepted or not.
  package init(_ comparison: Comparison, base: Revision, head: Revision) {
    self.init(
      base: base.commit.hash, head: head.commit.hash,
      rows: comparison.rows.compactMap { row in
        guard row.metric.isGate, [.slower, .suspectedSlower].contains(row.answer.kind),
          let change = row.answer.change
        else { return nil }
        return Row(
          series: row.key, size: change.acceptedSize,
          answer: AnswerText.text(row.answer, of: row.metric))
      })
  }
}
