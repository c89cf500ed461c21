import BenchComparer
package import BenchModel
package import BenchOutput
import BenchRunner
import Foundation

extension ComparedProcesses {
  /// The values of every series that both sides have. A series that has several versions or machine
  /// classes on a side is drawn as it is judged: as the one that both sides share.
  package static func all(base: [SeriesData], head: [SeriesData]) -> [SeriesKey: ComparedProcesses]
  {
    let bases = Dictionary(grouping: base, by: \.key)
    var processes: [SeriesKey: ComparedProcesses] = [:]
    for after in head where processes[after.key] == nil {
      let before = bases[after.key]?.first {
        $0.machine == after.machine && $0.version == after.version
      }
      guard let before else { continue }
      processes[after.key] = ComparedProcesses(base: before.values, head: after.values)
    }
    return processes
  }

  /// The same values of a paired comparison: one process of each side a round.
  static func all(_ series: [PairedSeries]) -> [SeriesKey: ComparedProcesses] {
    let measured = series.filter { !$0.rounds.isEmpty }.map { series in
      (
        series.key,
        ComparedProcesses(
          base: series.rounds.map(\.base.value), head: series.rounds.map(\.head.value))
      )
    }
    return Dictionary(measured, uniquingKeysWith: { first, _ in first })
  }
}

extension SeriesData {
  fileprivate var values: [Double] { sessions.flatMap { $0.processes.map(\.value) } }
}

extension JudgedSides {
  package func page(in workspace: Workspace) throws -> ComparisonPage {
    ComparisonPage(
      comparison, setting: setting, project: workspace.projectName, processes: processes,
      commits: ComparedCommits(
        base: base.commit, head: head.commit, links: try workspace.commitLinks),
      generated: Date(), toolVersion: Version.current)
  }
}

extension Workspace {
  /// The name that `benchdb.toml` gives, else that of the repository's folder.
  package var projectName: String { configuration.project ?? URL(filePath: root).lastPathComponent }

  /// Where this repository's commits can be read, if that is configured or its remote is a known
  /// forge.
  var commitLinks: CommitLinks {
    get throws {
      if let links = try settings.value(of: .commitURL, flag: nil) { return links }
      guard let origin = try? repository().originAddress else { return CommitLinks() }
      return CommitLinks(remote: origin) ?? CommitLinks()
    }
  }
}
