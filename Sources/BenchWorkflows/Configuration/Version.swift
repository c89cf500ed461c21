import BenchModel
import BenchStore

/// What this build is.
package enum Version {
  /// Semantic version; the change log says what came with each.
  package static let current = "0.1.0"

  /// This build and the versions of what it reads and writes, in a line.
  package static var summary: String {
    "benchdb \(current) (schema \(ResultsStore.schemaVersion), "
      + "worker protocol \(WorkerProtocol.version), SQLite \(ResultsStore.sqliteVersion))"
  }
}
