package import BenchModel
import Foundation

/// Leaves only the records of series that are judged exactly.
///
/// The first record of a run, a session or a benchmark carries what is known of it; where that
/// record is left out, the next that stays carries it.
package struct ExactRecords {

  package init() {}

  private var runs: [UUID: InterchangeRun] = [:]
  private var sessions: [UUID: Session] = [:]
  private var declarations: [VersionedKey: BenchmarkDeclaration] = [:]

  private struct VersionedKey: Hashable {
    let key: BenchmarkKey
    let version: Int
  }

  /// - Returns: the record as it is written; `nil` where it is left out.
  package mutating func kept(_ record: InterchangeRecord) -> InterchangeRecord? {
    let benchmark = VersionedKey(key: record.series.benchmark, version: record.series.version)
    if let facts = record.origin.runFacts { runs[record.origin.run] = facts }
    if let facts = record.origin.sessionFacts { sessions[record.origin.session] = facts }
    if let declaration = record.series.declaration { declarations[benchmark] = declaration }
    guard record.series.metric.isGate, record.series.metric.tolerance != nil,
      !record.values.isEmpty
    else { return nil }
    var kept = record
    kept.origin.runFacts = runs.removeValue(forKey: record.origin.run)
    kept.origin.sessionFacts = sessions.removeValue(forKey: record.origin.session)
    kept.series.declaration = declarations.removeValue(forKey: benchmark)
    return kept
  }
}
