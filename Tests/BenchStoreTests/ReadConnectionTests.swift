import BenchModel
import BenchStore
import Foundation
import GRDBSQLite
import Testing

@Suite("A reader's own connection") struct ReadConnectionTests {
  @Test("It reads what is stored, also while a transaction of it is open, and writes nothing")
  func reads() throws {
    try withDatabase { path in
      let store = try ResultsStore.open(path, access: .readWrite)
      let connection = try store.connect()
      #expect(run("BEGIN; SELECT count(*) FROM run", connection) == SQLITE_OK)
      #expect(run("DELETE FROM run", connection) == SQLITE_READONLY)
      #expect(try store.runs().count == 1)
    }
  }

  @Test("A file that was replaced since the store was opened is refused, by plain SQL as well")
  func replaced() throws {
    try withDatabase { path in
      let store = try ResultsStore.open(path, access: .readOnly)
      try FileManager.default.removeItem(atPath: path)
      try Raw(path).run("CREATE TABLE note (text TEXT); PRAGMA application_id = 7")
      let foreign = StoreError.foreignDatabase(path: path, applicationIdentifier: 7)
      #expect(throws: foreign) { try store.connect() }
      #expect(throws: foreign) { try answer(store, "SELECT * FROM note") }
      let line = CommitLine(measured: [])
      #expect(throws: foreign) { try store.historySnapshot(of: [], on: line) }
    }
  }

  private func run(_ sql: String, _ connection: ReadConnection) -> Int32 {
    sqlite3_exec(connection.handle, sql, nil, nil, nil)
  }
}
