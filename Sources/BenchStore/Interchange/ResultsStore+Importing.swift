internal import BenchModel
internal import Foundation
internal import GRDB

/// The result of an import.
package struct ImportCounts: Sendable, Hashable {
  package var processes = 0
  package var measurements = 0
  package var acceptances = 0
  /// The number of lines of which everything was stored before.
  package var unchanged = 0

  package init() {}
}

extension ResultsStore {
  /// Stores what `body` adds in one transaction: all of it or, where `body` fails or this throws,
  /// nothing. With `isDryRun` everything is done, and then rolled back.
  package func importing<Failure: Error>(
    isDryRun: Bool = false, sampleLimit: Int = MetricSamples.limit,
    _ body: (RecordImporter) -> Result<Void, Failure>
  ) throws(StoreError) -> Result<ImportCounts, Failure> {
    guard access == .readWrite else { throw .readOnly(path: path) }
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -65536") }
      defer {
        // This is SQLite's default; it releases the pages.
        try? queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -2000") }
      }
      var answer: Result<ImportCounts, Failure>?
      try queue.inTransaction(.immediate) { database in
        let importer = try RecordImporter(database, path: path, sampleLimit: sampleLimit)
        let result = body(importer)
        guard case .success = result else {
          answer = result.map { ImportCounts() }
          return .rollback
        }
        try importer.finish()
        answer = .success(importer.counts)
        return isDryRun ? .rollback : .commit
      }
      guard let answer else { throw StoreError.interrupted }
      return answer
    } catch { throw StoreError(any: error, path: path, waited: 0) }
  }
}
