import BenchTestSupport
import StreamingPipeline
import Testing

@Suite struct FileSourceTests {
  @Test(
    "a CSV file gives its records, whatever is quoted and wherever a chunk ends",
    arguments: 0..<40 as Range<UInt64>)
  func csvProperty(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 1_000)
    var records = FileRecords(seed: seed, count: .random(in: 0...60, using: &random))
    let separator = [",", ";", "\t"].randomElement(using: &random)!
    let lineEnd = ["\n", "\r\n"].randomElement(using: &random)!
    try withFile(records.csv(separator: separator, lineEnd: lineEnd)) { path in
      var source = try CSVSource(
        path: path, fields: FileRecords.fields,
        format: CSVSource.Format(separator: separator.unicodeScalars.first!))
      source.chunk = [1, 7, 64, 1 << 18].randomElement(using: &random)!
      let demand = [1, 3, 1_000].randomElement(using: &random)!
      #expect(try allRows(source, demand: demand) == records.rows, "seed \(seed)")
    }
  }

  @Test(
    "a JSON Lines file gives its records, whatever is escaped and wherever a chunk ends",
    arguments: 0..<40 as Range<UInt64>)
  func jsonLinesProperty(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 2_000)
    var records = FileRecords(seed: seed, count: .random(in: 0...60, using: &random))
    try withFile(records.jsonLines()) { path in
      var source = try JSONLinesSource(path: path, fields: FileRecords.fields)
      source.chunk = [1, 7, 64, 1 << 18].randomElement(using: &random)!
      let demand = [1, 3, 1_000].randomElement(using: &random)!
      #expect(try allRows(source, demand: demand) == records.rows, "seed \(seed)")
    }
  }

  @Test(
    "reading goes on after any record without losing or repeating one",
    arguments: 0..<10 as Range<UInt64>)
  func goesOn(seed: UInt64) throws {
    var records = FileRecords(seed: seed, count: 23)
    try withFile(records.csv()) { path in
      try expectResumable(try CSVSource(path: path, fields: FileRecords.fields), records.rows)
    }
    try withFile(records.jsonLines()) { path in
      try expectResumable(try JSONLinesSource(path: path, fields: FileRecords.fields), records.rows)
    }
  }

  private func expectResumable(_ source: any Source, _ rows: [[Value]]) throws {
    for taken in 0...rows.count {
      let cursor = try source.open(after: .start)
      var read: [[Value]] = []
      while read.count < taken, let batch = try cursor.next(atMost: min(5, taken - read.count)) {
        read += batch.rows.map(\.values)
      }
      let position = taken == 0 ? .start : SourcePosition(records: taken, key: cursor.key)
      #expect(try read + allRows(source, demand: 4, after: position) == rows)
    }
  }

  @Test(
    "an empty value is null and a quoted one the empty text; one column has blank lines as nulls")
  func nulls() throws {
    let fields = [Field("a", .string), Field("b", .string)]
    try withFile("a,b\n,\"\"\n\n\"\",x\n") { path in
      let rows = try allRows(CSVSource(path: path, fields: fields), demand: 9)
      #expect(rows == [[nil, ""], ["", "x"]])
    }
    try withFile("a\n\nx\n") { path in
      let rows = try allRows(CSVSource(path: path, fields: [fields[0]]), demand: 9)
      #expect(rows == [[nil], ["x"]])
    }
  }

  @Test("a file without a first line is read by position, and a byte order mark is no part of it")
  func noHeader() throws {
    try withFile([0xEF, 0xBB, 0xBF] + Array("1,x\n2,y".utf8)) { path in
      let source = try CSVSource(
        path: path, fields: [Field("id", .int64), Field("name", .string)],
        format: CSVSource.Format(hasHeader: false))
      #expect(try allRows(source, demand: 9) == [[1, "x"], [2, "y"]])
    }
  }

  @Test(
    "what is wrong in a CSV file is named with its line",
    arguments: [
      ("", "1:1: a first line of names is missing"),
      ("id\n1\n", "has no column name; its first line names id"),
      ("id,name,id\n", "1:1: the column id occurs twice"),
      ("id,name\n1,a\n2\n", "3: 1 columns, where 2 are expected"),
      ("id,name\n1,\"a\n\n\"\n2,b,c\n", "5: 3 columns, where 2 are expected"),
      ("id,name\n1,\"a\n", "2:3: a quote without its end"),
      ("id,name\n1,\"a\"x\n", "2:6: text between a quote and the next separator"),
      ("id,name\n1,a\n2,a\"x\n", "3:4: a quote inside a value that does not begin with one"),
      ("id,name\n1,\"\n\"\n1.5,a\n", "4: field id is int64 and cannot hold '1.5'"),
      (
        "id,name\n9223372036854775808,a\n",
        "2: field id is int64 and cannot hold '9223372036854775808'"
      ),
    ])
  func wrongCSV(content: String, expected: String) throws {
    try withFile(content) { path in
      let error = #expect(throws: FileSourceError.self) {
        try allRows(
          CSVSource(path: path, fields: [Field("id", .int64), Field("name", .string)]), demand: 100)
      }
      #expect(error?.description.hasSuffix(expected) == true, "\(String(describing: error))")
    }
  }

  @Test(
    "what is wrong in a JSON Lines file is named with its line",
    arguments: [
      ("[1]", "1:1: an object is expected"),
      ("{\"id\":1}\n{\"id\":1,}", "2:9: a member's name is expected"),
      ("{\"id\":01}", "1:8: ',' or '}' is expected"),
      ("{\"id\":1} x", "1:10: the end of the line is expected"),
      ("{\"id\":1,\"id\":2}", "1:10: the member id occurs twice"),
      ("{\"id\":\"1\"}", "1: field id is int64 and cannot hold '1'"),
      ("\n{\"id\":1.0}", "2: field id is int64 and cannot hold '1.0'"),
      ("{\"name\":\"\\x\"}", "1:11: an escape is expected"),
      (
        "{\"name\":\"\\ud800\"}", "1:16: the second half of a surrogate pair is expected"
      ),
      ("{\"name\":\"a\nb\"}", "1:11: the end of a text is expected"),
      ("{\"other\":" + String(repeating: "[", count: 300), "1:138: less nesting is expected"),
    ])
  func wrongJSONLines(content: String, expected: String) throws {
    try withFile(content) { path in
      let error = #expect(throws: FileSourceError.self) {
        try allRows(
          JSONLinesSource(path: path, fields: [Field("id", .int64), Field("name", .string)]),
          demand: 100)
      }
      #expect(error?.description.hasSuffix(expected) == true, "\(String(describing: error))")
    }
  }

  @Test("records before a broken one arrive first")
  func deliversBeforeTheError() throws {
    try withFile("id\n1\n2\n3,4\n") { path in
      let cursor = try CSVSource(path: path, fields: [Field("id", .int64)]).open()
      #expect(try cursor.next(atMost: 100)?.rowCount == 2)
      #expect(throws: FileSourceError.self) { try cursor.next(atMost: 100) }
    }
  }

  @Test("a record beyond the limit costs an error and not the memory")
  func recordLimit() throws {
    try withFile("id\n\"" + String(repeating: "x", count: 1_000)) { path in
      let source = try CSVSource(
        path: path, fields: [Field("id", .string)], format: CSVSource.Format(recordLimit: 128))
      #expect(throws: FileSourceError.recordTooLong(path: path, offset: 3, limit: 128)) {
        try allRows(source, demand: 1)
      }
    }
  }

  @Test("no bytes whatever trap either reader", arguments: 0..<200 as Range<UInt64>)
  func anyBytes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bytes = Array((seed.isMultiple(of: 2) ? "id,name\n" : "{\"id\":1,\"name\":\"").utf8)
    let alphabet = Array("\"\\,\n\r{}[]:0-9.eu\u{7F}".utf8) + [0, 0xC3, 0xFF]
    for _ in 0..<Int.random(in: 0...80, using: &random) {
      bytes.append(alphabet.randomElement(using: &random)!)
    }
    try withFile(bytes) { path in
      let fields = [Field("id", .int64), Field("name", .string)]
      _ = try? allRows(CSVSource(path: path, fields: fields), demand: 3)
      _ = try? allRows(JSONLinesSource(path: path, fields: fields), demand: 3)
    }
  }

  @Test("reading again may help where reading failed, not where the file is wrong or missing")
  func transience() throws {
    let source = try CSVSource(path: "/nowhere/at/all.csv", fields: [Field("id", .int64)])
    let error = #expect(throws: FileSourceError.self) { try source.open() }
    #expect(!source.isTransient(try #require(error)))
    #expect(source.isTransient(FileSourceError.cannotRead(path: "", offset: 1, reason: "")))
  }

  @Test(
    "random faults lose and repeat no record of a file", arguments: 0..<30 as Range<UInt64>)
  func faults(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var records = FileRecords(seed: seed, count: .random(in: 0...80, using: &random))
    var options = PipelineOptions(execution: .pull)
    options.clock = PipelineClock(ManualClock(movesItself: true))
    options.chunkSize = .random(in: 1...30, using: &random)
    options.retries = 10
    let faults = (0..<400).map { $0 % 11 != 10 && Int.random(in: 0..<3, using: &random) == 0 }
    func expectAll(_ source: any Source) throws {
      let flaky = FlakySource(source) { $0 < faults.count && faults[$0] }
      let run = try Pipeline.start(
        PipelineDefinition(source: flaky), options: options, in: PipelineRegistry())
      var rows: [[Value]] = []
      try run.forEachBatch { rows += $0.rows.map(\.values) }
      #expect(rows == records.rows, "seed \(seed)")
    }
    try withFile(records.csv()) { path in
      try expectAll(CSVSource(path: path, fields: FileRecords.fields))
    }
    try withFile(records.jsonLines()) { path in
      try expectAll(JSONLinesSource(path: path, fields: FileRecords.fields))
    }
  }
}
