import BenchModel
import BenchStore
import BenchTestSupport
import Foundation

/// Opens a fresh database in a folder of its own.
func withStore(_ body: (ResultsStore) throws -> Void) throws {
  try withTemporaryDirectory { folder in
    let path = folder.appending(path: "results.sqlite", directoryHint: .notDirectory).path
    let store = try ResultsStore.open(path, access: .readWrite)
    defer { try? store.close() }
    try body(store)
  }
}

/// Stores a run and a session and returns the session.
func beginSession(_ store: ResultsStore, run: Run = StoredExample.run()) throws -> Session {
  let session = StoredExample.session(of: run)
  try store.begin(run)
  try store.begin(session)
  return session
}

/// Every row of the result of a query.
func answer(_ store: ResultsStore, _ sql: String) throws -> [[SQLValue]] {
  var rows: [[SQLValue]] = []
  try store.query(sql, columns: { _ in }) { row in
    rows.append(row)
    return true
  }
  return rows
}

/// Makes a database with one run of so many processes, closes it and passes on its path.
func withDatabase(processes: Int = 1, _ body: (String) throws -> Void) throws {
  try withTemporaryDirectory { folder in
    let path = folder.appending(path: "results.sqlite", directoryHint: .notDirectory).path
    let store = try ResultsStore.open(path, access: .readWrite)
    let session = try beginSession(store)
    for order in 0..<processes { try store.save(StoredExample.process(in: session, order: order)) }
    try store.close()
    try body(path)
  }
}

/// Makes a file with these contents and passes on its path.
func withFile(_ contents: Data, _ body: (String) throws -> Void) throws {
  try withTemporaryDirectory { folder in
    let file = folder.appending(path: "results.sqlite", directoryHint: .notDirectory)
    try contents.write(to: file)
    try body(file.path)
  }
}

extension ResultsStore {
  /// The process with this UUID, whichever run it belongs to.
  func process(_ id: UUID) throws -> ProcessRecord? {
    for stored in try runs() {
      if let found = try processes(ofRun: stored.run.id).first(where: { $0.id == id }) {
        return found
      }
    }
    return nil
  }
}
