package import BenchModel
internal import Foundation
internal import GRDB

/// Stores records one after another in an open transaction, hundreds of thousands a second.
///
/// It is a class because it owns prepared statements; it is valid within one transaction only.
/// Stored rows are never changed, except that a process without a name gets further samples.
package final class RecordImporter {
  package private(set) var counts = ImportCounts()
  private let database: Database
  private let path: String
  private let sessions: SessionImporter
  private let contexts: ContextImporter
  private let processes: ProcessImporter
  private let measurements: MeasurementImporter
  private var last: (id: UUID, process: ProcessImporter.Stored)?

  init(_ database: Database, path: String, sampleLimit: Int) throws {
    self.database = database
    self.path = path
    sessions = try SessionImporter(database)
    contexts = try ContextImporter(database)
    processes = try ProcessImporter(database)
    measurements = try MeasurementImporter(database, sampleLimit: sampleLimit)
  }

  /// Stores one record.
  ///
  /// - Throws: `StoreError.conflict` where the same process and series are stored with other
  ///   samples; then nothing of the record is stored.
  package func add(_ record: InterchangeRecord) throws(StoreError) {
    do {
      let series = try contexts.series(record.$series)
      let process = try process(record, benchmark: series.benchmark)
      if record.values.isEmpty { return }
      switch try measurements.add(record, process: process.id, series: series.id) {
      case .added, .grown:
        counts.measurements += 1
        try processes.note(record.process.facts, of: process)
      case .unchanged: counts.unchanged += 1
      }
    } catch { throw StoreError(any: error, path: path, waited: 0) }
  }

  /// Stores the contents of an export beside its lines. A stored baseline keeps its revision, and
  /// an acceptance that was withdrawn on either side is withdrawn.
  package func add(_ remainder: InterchangeRemainder) throws(StoreError) {
    do {
      for run in remainder.runs { _ = try sessions.run(run) }
      for session in remainder.sessions { _ = try sessions.session(session) }
      for baseline in remainder.baselines {
        try contexts.add(baseline.baseline)
      }
      for acceptance in remainder.acceptances {
        if try AcceptanceRow.add(acceptance.stored, to: database) { counts.acceptances += 1 }
      }
    } catch { throw StoreError(any: error, path: path, waited: 0) }
  }

  private func process(
    _ record: InterchangeRecord, benchmark: Int64
  ) throws -> ProcessImporter.Stored {
    let session = try sessions.session(of: record)
    let build = try contexts.build(record.$build)
    let location = ProcessImporter.Location(session: session.id, build: build, benchmark: benchmark)
    if let last, last.id == record.process.id, last.process.location == location {
      return last.process
    }
    let stored = try processes.process(
      record.process, in: location, nextOrder: { try self.sessions.nextOrder(session) })
    if stored.isNew {
      counts.processes += 1
      sessions.touch(session)
    }
    last = (record.process.id, stored)
    return stored
  }

  /// Updates what depends on all lines of a session.
  func finish() throws { try sessions.finish() }
}
