package import BenchComparer
package import BenchModel
package import BenchOutput
import BenchRunner
import Foundation

/// A comparison with what its reader wants to know beside it.
package struct JudgedSides {
  package var comparison: Comparison
  package var setting: ComparisonSetting
  /// The values of single processes, for drawings.
  let processes: [SeriesKey: ComparedProcesses]
  package let base: Revision
  package let head: Revision

  package init(
    comparison: Comparison, setting: ComparisonSetting, processes: [SeriesKey: ComparedProcesses],
    base: Revision, head: Revision
  ) {
    self.comparison = comparison
    self.setting = setting
    self.processes = processes
    self.base = base
    self.head = head
  }

  /// Applies what was accepted of it, and remembers it for `benchdb accept`.
  package func accepting(in workspace: Workspace) throws -> JudgedSides {
    let book = AcceptanceBook(workspace: workspace)
    var result = self
    result.comparison = comparison.accepting(
      try book.concerning(base: base, head: head), on: Day(Date()))
    LastComparison(result.comparison, base: base, head: head).keep(in: workspace)
    return result
  }

  /// The same, with a note where both sides are one commit.
  var notingSameCommit: JudgedSides {
    guard base == head, !head.isDirty else { return self }
    var result = self
    result.setting.notes.append(
      "both sides are the same commit, \(head.commit.shortHash), so what differs is noise")
    return result
  }
}
