package import BenchModel
package import Foundation
internal import GRDB

/// What one side of a comparison is made of.
package enum SeriesSelection: Sendable, Hashable {
  /// Everything measured of a commit; `differenceHash` is `nil` for a clean tree.
  case revision(commit: String, differenceHash: String?)
  /// Everything that these runs measured, whatever they built.
  case runs([UUID])
}

extension ResultsStore {
  /// Every series of a side on one class of machines, in the order of their keys.
  ///
  /// A process that completed gives each series it measured one statistic. One that failed is listed as a failure of the series which its
  /// pass measures: those that another process of the same pass measured, or that no process measured at all.
  package func seriesData(
    of selection: SeriesSelection, machine: MachineClass
  ) throws(StoreError) -> [SeriesData] {
    try read { database in
      guard let machineID = try MachineRow.id(of: machine, database) else { return [] }
      let condition = selection.condition
      let builder = SeriesBuilder(
        database: database, condition: condition.sql + " AND session.machine_class_id = ?",
        arguments: condition.arguments + [.integer(machineID)])
      return try builder.series(machine: machine)
    }
  }
}

extension SeriesSelection {
  /// A condition over `build` and `session`.
  var condition: (sql: String, arguments: [SQLArgument]) {
    switch self {
    case .revision(let commit, let differenceHash):
      (
        """
        build.commit_id = (SELECT id FROM git_commit WHERE hash = ?)
          AND build.difference_hash = ?
        """, [.text(commit), .text(differenceHash ?? "")]
      )
    case .runs(let runs):
      (
        """
        session.run_id IN (SELECT run.id FROM json_each(?) AS wanted
          JOIN run ON run.uuid = wanted.value)
        """, [.text("[" + runs.map { "\"\(ColumnCoding.text($0))\"" }.joined(separator: ",") + "]")]
      )
    }
  }
}
