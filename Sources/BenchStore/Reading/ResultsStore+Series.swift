package import BenchModel
package import Foundation
internal import GRDB

/// The measurements of one side of a comparison.
package enum SeriesSelection: Sendable, Hashable {
  /// All measurements of a commit but the probes of bisections and the paired runs that varied its
  /// layout or measured some benchmarks only; `differenceHash` is `nil` for a clean tree.
  case revision(commit: String, differenceHash: String?)
  /// The measurements of a commit's clean tree in varied layouts, by paired runs.
  case layouts(commit: String)
  /// All measurements of these runs, whatever they built; of a paired run its HEAD, which it was
  /// asked to judge.
  case runs([UUID])
}

extension ResultsStore {
  /// Every series of a side on one class of machines, sorted by key.
  ///
  /// A process that completed gives each series it measured one statistic. One that failed is
  /// listed as a failure of the series which its pass measures: those that another process of the
  /// same pass measured, or that no process measured at all.
  package func seriesData(
    of selection: SeriesSelection, machine: MachineClass
  ) throws(StoreError) -> [SeriesData] {
    try read { database in
      let machines = try MachineRow.ids(of: machine, database)
      let builder = SeriesBuilder(
        database: database, source: selection.source,
        condition: selection.condition + " AND " + MachineRow.condition(machines),
        arguments: selection.arguments)
      return try builder.series(machine: machine)
    }
  }
}

extension ResultsStore {
  /// The condition that the measurements of a `session` may stand for their commit.
  ///
  /// A bisection measures one series of commits that may never be measured otherwise, and a commit
  /// with one series must not stand for a side whose other series then are missing. What was
  /// measured side by side because it was suspected is no recording either: it would change what is
  /// suspected, so that the same command could not go on with an interrupted confirmation.
  /// Executables that were linked in several orders must not be compared with one that was not, nor
  /// processes that took turns, whose caches the other side had cooled, with one that ran alone.
  static let standsForCommit = """
    session.run_id NOT IN (
      SELECT id FROM run WHERE purpose = 'bisect' OR \(variesLayout) OR \(takesTurns)
        OR (purpose = 'confirm' AND (json_extract(run.selection, '$.filter') IS NOT NULL
          OR json_array_length(run.selection, '$.suites') > 0)))
    """
  /// The condition that processes of a `run` took turns with those of another commit. Their level
  /// is not that of a process alone, so they are not among a series' history.
  static let takesTurns = "json_extract(run.profile, '$.turns') IS NOT NULL"

  /// The condition that a `run` varied the layout of its executables.
  static let variesLayout = "ifnull(json_extract(run.profile, '$.layouts'), 1) > 1"
}

extension SeriesSelection {
  /// The join of `build`, `process` and `session`, which starts with the fewest rows. CROSS JOIN
  /// keeps SQLite to that order: without statistics it would start with every session of the
  /// machine.
  var source: String {
    switch self {
    case .revision, .layouts:
      """
      build CROSS JOIN process ON process.build_id = build.id
        CROSS JOIN session ON session.id = process.session_id
      """
    case .runs:
      """
      session CROSS JOIN process ON process.session_id = session.id
        CROSS JOIN build ON build.id = process.build_id
      """
    }
  }

  var condition: String {
    switch self {
    case .revision:
      """
      build.commit_id = (SELECT id FROM git_commit WHERE hash = ?) AND build.difference_hash = ?
        AND \(ResultsStore.standsForCommit)
      """
    case .layouts:
      """
      build.commit_id = (SELECT id FROM git_commit WHERE hash = ?) AND build.difference_hash = ''
        AND session.run_id IN (SELECT id FROM run WHERE \(ResultsStore.variesLayout))
      """
    case .runs:
      """
      session.run_id IN (SELECT run.id FROM json_each(?) AS wanted
        CROSS JOIN run ON run.uuid = wanted.value)
        AND (process.arm IS NULL OR process.arm = 'head')
      """
    }
  }

  var arguments: [SQLArgument] {
    switch self {
    case .revision(let commit, let differenceHash): [.text(commit), .text(differenceHash ?? "")]
    case .layouts(let commit): [.text(commit)]
    case .runs(let runs):
      [.text("[" + runs.map { "\"\(ColumnCoding.text($0))\"" }.joined(separator: ",") + "]")]
    }
  }
}
