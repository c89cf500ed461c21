package import BenchModel
package import Foundation
internal import GRDB

/// The runs that are exported.
package enum ExportSelection: Sendable, Hashable {
  case all
  case run(UUID)
  /// The whole runs that built this commit: a paired session means nothing without its other side.
  case commit(String)
}

extension ResultsStore {
  /// Passes every stored process and series of a selection to `record`.
  ///
  /// The order depends only on what is stored: runs and sessions by their start, processes by their
  /// plan, series by their names. One consistent state is read, and one process at a time is in
  /// memory.
  ///
  /// - Parameters:
  ///   - selection: the runs that are exported.
  ///   - begin: called first, with the contents that belong to no line.
  ///   - record: called for each line; a process that measured nothing has one line without values.
  /// - Returns: the error of a closure, which ends the export.
  /// - Throws: `StoreError` where the database cannot be read.
  package func export<Failure: Error>(
    _ selection: ExportSelection, begin: (InterchangeRemainder) throws(Failure) -> Void,
    record: (InterchangeRecord) throws(Failure) -> Void
  ) throws(StoreError) -> Result<Void, Failure> {
    try read { database in
      let exporter = try RecordExporter(database: database)
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
