package import BenchModel
package import Foundation
internal import GRDB

/// Which runs are exported.
package enum ExportSelection: Sendable, Hashable {
  case all
  case run(UUID)
  /// Runs that built this commit, whole: a paired session is nothing without its other side.
  case commit(String)
}

extension ResultsStore {
  /// Hands over every stored process and series of a selection, in an order that depends only on
  /// what is stored: runs and sessions as they started, processes as they were planned, series by
  /// their names. One consistent state is read, and one process held at a time.
  ///
  /// `begin` is called first, with what no line holds; `record` for each line. A process that
  /// measured nothing has one line without values.
  package func export<Failure: Error>(
    _ selection: ExportSelection, begin: (InterchangeRemainder) throws(Failure) -> Void,
    record: (InterchangeRecord) throws(Failure) -> Void
  ) throws(StoreError) -> Result<Void, Failure> {
    try read { database in
      let exporter = RecordExporter(database: database)
      let remainder = try exporter.remainder(selection)
      let runs = try exporter.runs(selection)
      do {
        try begin(remainder)
      } catch let failure as Failure { return .failure(failure) }
      for run in runs {
        var refusal: Failure?
        try exporter.eachRecord(ofRun: run) { line in
          do { try record(line) } catch let failure as Failure { refusal = failure }
          return refusal == nil
        }
        if let refusal { return .failure(refusal) }
      }
      return .success(())
    }
  }
}
