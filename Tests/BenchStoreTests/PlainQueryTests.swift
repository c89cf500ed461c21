import BenchModel
import BenchStore
import Synchronization
import Testing

@Suite("Plain SQL")
struct PlainQueryTests {
  @Test("One statement that reads is answered, with its columns")
  func answers() throws {
    try withStore { store in
      var names: [String] = []
      var rows: [[SQLValue]] = []
      try store.query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) "
          + "SELECT i, 'é' AS t, 1.5 AS r, x'00ff' AS b, NULL AS z FROM n; -- that's all",
        columns: { names = $0 },
        row: { row in
          rows.append(row)
          return rows.count < 2
        })
      #expect(names == ["i", "t", "r", "b", "z"])
      let rest: [SQLValue] = [.text("é"), .real(1.5), .blob([0, 255]), .null]
      #expect(rows == [[.integer(1)] + rest, [.integer(2)] + rest])
    }
  }

  @Test(
    "Every view and table of the schema, and what describes them, can be read",
    arguments: [
      "SELECT * FROM sample", "SELECT * FROM history", "SELECT * FROM failure",
      "SELECT * FROM sqlite_master", "PRAGMA table_info(run)", "PRAGMA user_version",
      "SELECT name FROM pragma_table_list", "EXPLAIN QUERY PLAN SELECT * FROM run",
    ])
  func reads(sql: String) throws {
    try withStore { store in
      #expect(throws: Never.self) { try answer(store, sql) }
    }
  }

  @Test(
    "Whatever is not one statement that reads is refused",
    arguments: [
      "DELETE FROM run", "PRAGMA query_only = OFF", "CREATE TABLE x (y)",
      "ATTACH ':memory:' AS other", "VACUUM",
      "VACUUM INTO 'copy.sqlite'", "BEGIN IMMEDIATE", "PRAGMA user_version = 7",
      "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = ON",
      "SELECT load_extension('x')", "SELECT 1; SELECT 2", "SELECT 1; nonsense", "", "-- nothing",
    ])
  func refuses(sql: String) throws {
    try withStore { store in
      #expect {
        try answer(store, sql)
      } throws: { error in
        guard case .refusedStatement = error as? StoreError else { return false }
        return true
      }
    }
  }

  @Test("Wrong SQL says what is wrong")
  func wrong() throws {
    try withStore { store in
      #expect(throws: StoreError.invalidStatement(detail: "no such table: runs")) {
        try answer(store, "SELECT * FROM runs")
      }
    }
  }

  @Test("A query without end can be stopped")
  func stops() throws {
    try withStore { store in
      let asked = Mutex(0)
      #expect(throws: StoreError.interrupted) {
        try store.query(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
          columns: { _ in }, row: { _ in true },
          shouldStop: {
            asked.withLock { count in
              count += 1
              return count == 3
            }
          })
      }
    }
  }
}
