import BenchComparer
import BenchModel
import Foundation

/// What the last comparison found worse, kept beside the results so that `benchdb accept` accepts what was read and nothing measured since.
struct LastComparison: Codable {
  let base: String
  let head: String
  let rows: [Row]

  struct Row: Codable {
    let series: SeriesKey
    /// As `Change.acceptedSize`.
    let size: Double
    /// As people read it.
    let answer: String
  }

  init(base: String, head: String, rows: [Row]) {
    self.base = base
    self.head = head
    self.rows = rows
  }

  private static func file(in workspace: Workspace) -> URL {
    URL(filePath: workspace.storage).appending(path: "last-comparison.json")
  }

  /// Keeps it, where results are kept; a question does not make that folder, nor fail because it can't be written.
  func keep(in workspace: Workspace) {
    guard FileManager.default.fileExists(atPath: workspace.storage),
      let text = try? JSONEncoder().encode(self)
    else { return }
    try? text.write(to: Self.file(in: workspace), options: .atomic)
  }

  static func kept(in workspace: Workspace) -> LastComparison? {
    (try? Data(contentsOf: file(in: workspace)))
      .flatMap { try? JSONDecoder().decode(LastComparison.self, from: $0) }
  }
}
