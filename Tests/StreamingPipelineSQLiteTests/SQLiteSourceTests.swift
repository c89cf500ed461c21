import BenchTestSupport
import CSQLite
import Foundation
import StreamingPipeline
import StreamingPipelineSQLite
import Testing

/// Makes a database with these statements and passes its path to `body`.
private func withDatabase<Result>(
  _ sql: String, _ body: (String) throws -> Result
) throws -> Result {
  try withTemporaryDirectory { directory in
    let path = directory.appending(path: "source.sqlite").path
    var handle: OpaquePointer?
    #expect(sqlite3_open(path, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    return try body(path)
  }
}

private func rows(_ source: SQLiteSource, chunk: Int) throws -> [[Value]] {
  var options = PipelineOptions()
  options.chunkSize = chunk
  var rows: [[Value]] = []
  try Pipeline.start(PipelineDefinition(source: source), options: options)
    .forEachBatch { batch in rows += batch.rows.map(\.values) }
  return rows
}

@Suite struct SQLiteSourceTests {
  static let numbers = """
    CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INTEGER NOT NULL) STRICT;
    CREATE UNIQUE INDEX n_key ON n (a, b);
    WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 237)
    INSERT INTO n SELECT i * 3, char(97 + i % 5), i FROM c;
    """

  @Test("the example in the comments is a source")
  func example() throws {
    #expect(
      try DocumentedExamples(ofTarget: "StreamingPipelineSQLite").missing(from: #filePath) == [])
    let sql = """
      CREATE TABLE orders (id INTEGER PRIMARY KEY, region TEXT, amount REAL) STRICT;
      INSERT INTO orders VALUES (1, 'north', 12.5), (2, 'south', 7), (3, NULL, 99);
      """
    try withDatabase(sql) { path in
      let orders = try SQLiteSource(
        path: path, .query("SELECT id, region, amount FROM orders WHERE amount > 10"),
        fields: [Field("id", .int64), Field("region", .string), Field("amount", .double)],
        key: ["id"])
      #expect(try rows(orders, chunk: 10) == [[1, "north", 12.5], [3, nil, 99.0]])
    }
  }

  @Test(
    "every record comes once and in order, whatever the page", arguments: [1, 2, 7, 79, 237, 1_000])
  func pages(chunk: Int) throws {
    try withDatabase(Self.numbers) { path in
      let fields = [Field("id", .int64), Field("b", .int64)]
      let table = try SQLiteSource(path: path, .table("n"), fields: fields, key: ["id"])
      #expect(
        try rows(table, chunk: chunk)
          == (1...237).map { [.int64(Int64($0 * 3)), .int64(Int64($0))] })
    }
  }

  @Test("a composite key pages through a query as ORDER BY orders it", arguments: [1, 3, 48, 500])
  func compositeKey(chunk: Int) throws {
    try withDatabase(Self.numbers) { path in
      let source = try SQLiteSource(
        path: path, .query("SELECT a, b FROM n WHERE b % 2 = 0"),
        fields: [Field("a", .string), Field("b", .int64)], key: ["a", "b"])
      let expected = (1...237).filter { $0.isMultiple(of: 2) }
        .map { (String(UnicodeScalar(UInt8(97 + $0 % 5))), $0) }
        .sorted { $0 < $1 }
      #expect(
        try rows(source, chunk: chunk)
          == expected.map { [.string($0.0), .int64(Int64($0.1))] })
    }
  }

  @Test("every type is read from every storage that holds it exactly")
  func types() throws {
    let sql = """
      CREATE TABLE t (k, i, d, m, b, s, y, z);
      INSERT INTO t VALUES
        (1, -5, 2.5, '12.5', 1, 'é', '2024-02-29', '2024-01-01T00:00:01.5Z'),
        (2, 7, 3, 4, 0, '', 19723, 1704067200000000),
        (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
      """
    try withDatabase(sql) { path in
      let source = try SQLiteSource(
        path: path, .table("t"),
        fields: [
          Field("k", .int64), Field("i", .int64), Field("d", .double),
          Field("m", .decimal(scale: 2)), Field("b", .bool), Field("s", .string),
          Field("y", .date), Field("z", .timestamp),
        ], key: ["k"])
      let found = try rows(source, chunk: 2)
      #expect(
        found[0] == [
          1, -5, 2.5, .decimal(FixedDecimal(mantissa: 1_250, scale: 2)), true, "é",
          .date(19_782), .timestamp(1_704_067_201_500_000),
        ])
      #expect(
        found[1] == [
          2, 7, 3.0, .decimal(FixedDecimal(mantissa: 400, scale: 2)), false, "", .date(19_723),
          .timestamp(1_704_067_200_000_000),
        ])
      #expect(found[2] == [3, nil, nil, nil, nil, nil, nil, nil])
    }
  }

  @Test(
    "what a type cannot hold exactly is an error that names field, value and record",
    arguments: [
      ("'x'", FieldType.int64, "the TEXT 'x'"), ("2.5", .decimal(scale: 2), "the REAL 2.5"),
      ("'2.555'", .decimal(scale: 2), "the TEXT '2.555'"), ("2", .bool, "the INTEGER 2"),
      ("x'00'", .string, "a BLOB of 1 bytes"), ("'2024-02-30'", .date, "the TEXT '2024-02-30'"),
      ("'noon'", .timestamp, "the TEXT 'noon'"), ("'1'", .double, "the TEXT '1'"),
    ])
  func wrongValues(literal: String, type: FieldType, found: String) throws {
    try withDatabase("CREATE TABLE t (k, v); INSERT INTO t VALUES (42, \(literal));") { path in
      let source = try SQLiteSource(
        path: path, .table("t"), fields: [Field("k", .int64), Field("v", type)], key: ["k"])
      #expect(
        throws: SQLiteSourceError.wrongValue(
          field: "v", type: type.description, found: found, key: "42")
      ) { try rows(source, chunk: 10) }
    }
  }

  @Test("a key that is null or not unique is an error, never a lost record", arguments: [1, 2, 9])
  func badKeys(chunk: Int) throws {
    let sql = """
      CREATE TABLE t (k, c TEXT COLLATE NOCASE);
      INSERT INTO t VALUES (1, 'a'), (2, 'A'), (2, 'b'), (3, NULL);
      """
    try withDatabase(sql) { path in
      let fields = [Field("k", .int64), Field("c", .string)]
      let byNumber = try SQLiteSource(path: path, .table("t"), fields: fields, key: ["k"])
      #expect(throws: SQLiteSourceError.keyNotUnique(key: ["2"], record: 2)) {
        try rows(byNumber, chunk: chunk)
      }
      let byText = try SQLiteSource(path: path, .table("t"), fields: fields, key: ["c"])
      #expect(throws: SQLiteSourceError.nullKey(field: "c", record: 0)) {
        try rows(byText, chunk: chunk)
      }
      let noNulls = try SQLiteSource(
        path: path, .query("SELECT * FROM t WHERE c IS NOT NULL"), fields: fields, key: ["c"])
      #expect(try rows(noNulls, chunk: chunk).map { $0[1] } == ["A", "a", "b"])
    }
  }

  @Test("a missing file, a missing table and a key that is no field are said as such")
  func refusals() throws {
    try withDatabase("CREATE TABLE t (k);") { path in
      let fields = [Field("k", .int64)]
      let missingFile = try SQLiteSource(
        path: path + ".none", .table("t"), fields: fields, key: ["k"])
      #expect(
        throws: SQLiteSourceError.cannotOpen(
          path: path + ".none", reason: "unable to open database file")
      ) { try rows(missingFile, chunk: 1) }
      let missingTable = try SQLiteSource(path: path, .table("u"), fields: fields, key: ["k"])
      #expect {
        try rows(missingTable, chunk: 1)
      } throws: { error in
        guard case SQLiteSourceError.query(_, _, "no such table: u") = error else { return false }
        return true
      }
      #expect(throws: SQLiteSourceError.badKey("x is not one of k")) {
        _ = try SQLiteSource(path: path, .table("t"), fields: fields, key: ["x"])
      }
      #expect(throws: SQLiteSourceError.badKey("none is given")) {
        _ = try SQLiteSource(path: path, .table("t"), fields: fields, key: [])
      }
    }
  }

  @Test("a quote in a name is a name, not SQL")
  func quoting() throws {
    let sql = #"CREATE TABLE "a""b" ("k""; --" INTEGER); INSERT INTO "a""b" VALUES (9);"#
    try withDatabase(sql) { path in
      let source = try SQLiteSource(
        path: path, .table("a\"b"), fields: [Field("k\"; --", .int64)], key: ["k\"; --"])
      #expect(try rows(source, chunk: 5) == [[9]])
    }
  }

  @Test("a misspelt column is an error, not the text of its name")
  func misspeltColumn() throws {
    try withDatabase("CREATE TABLE t (k INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);") { path in
      let source = try SQLiteSource(
        path: path, .table("t"), fields: [Field("k", .int64), Field("id", .string)], key: ["k"])
      #expect {
        try rows(source, chunk: 5)
      } throws: { error in
        guard case SQLiteSourceError.query(_, _, "no such column: record.id") = error else {
          return false
        }
        return true
      }
    }
  }
}
