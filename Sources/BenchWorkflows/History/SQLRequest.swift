package import BenchOutput
import BenchRunner
import BenchStore

/// `benchdb sql`: one read-only statement over the results.
package struct SQLRequest {
  private let workspace: Workspace
  private let query: String

  package init(_ query: String, in workspace: Workspace) {
    self.query = query
    self.workspace = workspace
  }

  /// Writes row after row as they are read, so that an answer of any length fits into memory.
  package func write(_ format: RowFormat) throws {
    let interruption = try Interruption()
    interruption.handleSignals()
    let console = workspace.console
    var writer = RowWriter(format: format, width: console.width, style: console.style) {
      console.answer($0)
    }
    try workspace.openForReading().query(
      query, columns: { writer.begin(columns: $0) },
      row: {
        writer.add($0)
        return true
      }, shouldStop: { interruption.isRequested })
    writer.end()
  }
}
