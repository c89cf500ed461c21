import BenchTestSupport
import CSQLite
import Foundation
import StreamingPipeline
import StreamingPipelineSQLite
import Testing

/// Tests that an interrupted reading continues after its last key.
@Suite struct SQLiteResumeTests {
  private static let sql = """
    CREATE TABLE n (a TEXT NOT NULL, b REAL NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (a, b, c));
    WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 60)
    INSERT INTO n SELECT char(65 + i % 3, 97 + i % 2), (i % 4) / 2.0, i FROM s;
    """

  private func withSource<Result>(
    _ key: [String], _ reading: SQLiteSource.Reading = .pages,
    _ body: (SQLiteSource, String) throws -> Result
  ) throws -> Result {
    try withTemporaryDirectory { directory in
      let path = directory.appending(path: "resume.sqlite").path
      try execute(Self.sql, on: path)
      let fields = [Field("a", .string), Field("b", .double), Field("c", .int64)]
      let source = try SQLiteSource(
        path: path, .table("n"), fields: fields, key: key, reading: reading)
      return try body(source, path)
    }
  }

  private func execute(_ sql: String, on path: String) throws {
    var handle: OpaquePointer?
    #expect(sqlite3_open(path, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
  }

  private func rows(_ cursor: any SourceCursor, chunk: Int) throws -> [[Value]] {
    var rows: [[Value]] = []
    while let batch = try cursor.next(atMost: chunk) { rows += batch.rows.map(\.values) }
    return rows
  }

  /// Reads this many records, and releases the cursor, which holds a transaction.
  private func position(after count: Int, of source: SQLiteSource) throws -> SourcePosition {
    if count == 0 { return .start }
    let cursor = try source.open()
    let batch = try #require(try cursor.next(atMost: count))
    return SourcePosition(records: batch.rowCount, key: cursor.key)
  }

  @Test(
    "at whatever record it breaks off, nothing is lost and nothing comes twice",
    arguments: [["c"], ["a", "b", "c"], ["b", "c"]], [SQLiteSource.Reading.pages, .atOnce])
  func everywhere(key: [String], reading: SQLiteSource.Reading) throws {
    try withSource(key, reading) { source, _ in
      let all = try rows(try source.open(), chunk: 100)
      #expect(all.count == 60)
      for count in 0...60 {
        let position = try position(after: count, of: source)
        #expect(position.key.count == (count == 0 ? 0 : key.count))
        let rest = try rows(try source.open(after: position), chunk: 7)
        #expect(Array(all.prefix(count)) + rest == all, "broken off after \(count)")
      }
    }
  }

  @Test(
    "what is written before the offset at which it broke off is not read, what comes after it is")
  func changed() throws {
    try withSource(["c"]) { source, path in
      let position = try position(after: 30, of: source)
      #expect(position.key == [30])
      try execute(
        "DELETE FROM n WHERE c = 30; INSERT INTO n VALUES ('x', 1, 0), ('x', 1, 61)", on: path)
      let rest = try rows(try source.open(after: position), chunk: 9)
      #expect(rest.map { $0[2] } == (31...61).map { .int64($0) })
    }
  }

  @Test("a retry may help against a database that is locked, not against a wrong statement")
  func transient() throws {
    try withSource(["c"]) { source, path in
      #expect(source.isTransient(SQLiteSourceError.unavailable(path: path, reason: "locked")))
      #expect(
        !source.isTransient(SQLiteSourceError.query(path: path, sql: "", reason: "no such table")))
      #expect(!source.isTransient(SQLiteSourceError.cannotOpen(path: path, reason: "none")))
    }
  }
}
