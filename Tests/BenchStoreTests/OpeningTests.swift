import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Migrations
import Testing

@Suite("Opening")
struct OpeningTests {
  @Test("Reading makes no file, writing makes one, and the same file opens again")
  func makesAFile() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      #expect(throws: StoreError.missing(path: path)) {
        try ResultsStore.open(path, access: .readOnly)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
      try ResultsStore.open(path, access: .readWrite).close()
      let store = try ResultsStore.open(path, access: .readOnly)
      #expect(try store.health().schemaVersion == Migration.all.count)
      #expect(throws: StoreError.readOnly(path: path)) { try store.begin(StoredExample.run()) }
    }
  }

  @Test("A file that a kill left empty is made a database, and is none for a reader")
  func emptyFile() throws {
    try withFile(Data()) { path in
      #expect(throws: StoreError.empty(path: path)) {
        try ResultsStore.open(path, access: .readOnly)
      }
      let store = try ResultsStore.open(path, access: .readWrite)
      #expect(try store.runs().isEmpty)
    }
  }

  @Test(
    "A file that is no SQLite database is refused and left alone",
    arguments: ["a text\n", "SQLite format 3\0", String(repeating: "SQLite format 3", count: 900)])
  func textFile(text: String) throws {
    try withFile(Data(text.utf8)) { path in
      for access in [ResultsStore.Access.readOnly, .readWrite] {
        #expect(throws: StoreError.notSQLite(path: path)) {
          try ResultsStore.open(path, access: access)
        }
      }
      #expect(FileManager.default.contents(atPath: path) == Data(text.utf8))
    }
  }

  @Test("A folder is no file, and a missing folder is named")
  func paths() throws {
    try withTemporaryDirectory { folder in
      let path = folder.standardizedFileURL.path
      #expect(throws: StoreError.notAFile(path: path)) {
        try ResultsStore.open(path, access: .readWrite)
      }
      #expect {
        try ResultsStore.open(path + "/none/results.sqlite", access: .readWrite)
      } throws: { error in
        guard case .cannotOpen(_, let detail) = error as? StoreError else { return false }
        return detail.contains("/none does not exist")
      }
    }
  }

  @Test("Another program's database is refused before anything touches it")
  func foreignDatabase() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "notes.sqlite").path
      try Raw(path).run("CREATE TABLE note (text TEXT); PRAGMA application_id = 7")
      let before = FileManager.default.contents(atPath: path)
      for access in [ResultsStore.Access.readOnly, .readWrite] {
        #expect(throws: StoreError.foreignDatabase(path: path, applicationIdentifier: 7)) {
          try ResultsStore.open(path, access: access)
        }
      }
      #expect(FileManager.default.contents(atPath: path) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.sqlite"])
    }
  }

  @Test("A newer schema is refused with both versions named")
  func newerSchema() throws {
    try withDatabase { path in
      try Raw(path).run("PRAGMA user_version = 99")
      for access in [ResultsStore.Access.readOnly, .readWrite] {
        let supported = ResultsStore.schemaVersion
        #expect(throws: StoreError.newerSchema(path: path, found: 99, supported: supported)) {
          try ResultsStore.open(path, access: access)
        }
      }
    }
  }

  @Test("A trigger, a missing table and a changed migration are refused")
  func foreignSchema() throws {
    let changes = [
      "CREATE TRIGGER surprise AFTER INSERT ON run BEGIN DELETE FROM run; END",
      "DROP VIEW sample; DROP TABLE sample_array",
      "UPDATE schema_migration SET number = 9 WHERE number = 1",
    ]
    for change in changes {
      try withDatabase { path in
        try Raw(path).run(change)
        #expect {
          try ResultsStore.open(path, access: .readWrite)
        } throws: { error in
          guard case .foreignSchema = error as? StoreError else { return false }
          return true
        }
      }
    }
    try withDatabase { path in
      try Raw(path).run("UPDATE schema_migration SET checksum = 'feed'")
      #expect {
        try ResultsStore.open(path, access: .readOnly)
      } throws: { error in
        guard case .changedMigration(path, 1, let detail) = error as? StoreError else {
          return false
        }
        return detail.contains("feed")
      }
    }
  }

  @Test("A database that another process has locked is busy after the time that a caller waits")
  func busy() throws {
    try withDatabase { path in
      let other = try Raw(path)
      try other.run("BEGIN IMMEDIATE")
      let store = try ResultsStore.open(path, access: .readWrite, busySeconds: 0.05)
      #expect(throws: StoreError.busy(path: path, seconds: 0.05)) {
        try store.begin(StoredExample.run())
      }
      #expect(try store.runs().count == 1)
      try other.run("COMMIT")
      try store.begin(StoredExample.run())
    }
  }

  @Test("Values that benchdb would not have written are named with their table and row")
  func hostileValues() throws {
    let changes: [(String, String)] = [
      ("UPDATE process SET uuid = 'x'", "process"),
      ("UPDATE process SET state = '['", "process"),
      ("UPDATE process SET plan_order = -9223372036854775808", "process"),
      ("UPDATE process SET pass = 'other'", "process"),
      ("UPDATE process SET outcome = 'timed-out'", "process"),
      ("UPDATE measurement SET warm_up_count = 99", "measurement"),
      ("UPDATE measurement SET median = 9e999", "measurement"),
      ("UPDATE sample_array SET value_array = '[1,nan]'", "measurement"),
      ("UPDATE sample_array SET value_array = '1'", "measurement"),
      ("UPDATE sample_array SET iterations = '[1]'", "measurement"),
      ("UPDATE benchmark SET parameters = '7'", "series"),
    ]
    for (change, table) in changes {
      try withDatabase { path in
        try Raw(path).run(change)
        let store = try ResultsStore.open(path, access: .readOnly)
        let run = try #require(try store.runs().first)
        #expect {
          try store.processes(ofRun: run.run.id)
        } throws: { error in
          guard case .invalidValue(path, table, 1, _) = error as? StoreError else { return false }
          return true
        }
      }
    }
  }

  @Test("A date as far away as an integer reaches does not stop the program")
  func farDates() throws {
    try withDatabase { path in
      try Raw(path).run("UPDATE run SET started_ms = 9223372036854775807, seed = -1")
      let store = try ResultsStore.open(path, access: .readOnly)
      #expect(try store.runs().first?.run.seed == .max)
    }
  }

  @Test("The default folder ignores itself, and an existing file in it is left alone")
  func folder() throws {
    try withTemporaryDirectory { root in
      try StoreLocation.prepareFolder(in: root)
      let ignore = root.appending(path: ".benchdb/.gitignore")
      #expect(try String(contentsOf: ignore, encoding: .utf8).contains("\n*\n"))
      try Data("mine".utf8).write(to: ignore)
      try StoreLocation.prepareFolder(in: root)
      #expect(try Data(contentsOf: ignore) == Data("mine".utf8))
      #expect(StoreLocation.database(in: root).path.hasSuffix("/.benchdb/results.sqlite"))
    }
  }

  @Test("Every error says where, in one line")
  func texts() {
    let path = "/data/results.sqlite"
    let errors: [StoreError] = [
      .missing(path: path), .notAFile(path: path), .empty(path: path), .notSQLite(path: path),
      .foreignDatabase(path: path, applicationIdentifier: 7),
      .foreignSchema(path: path, detail: "d"), .newerSchema(path: path, found: 3, supported: 1),
      .olderSchema(path: path, found: 1, needed: 2),
      .changedMigration(path: path, number: 1, detail: "d"),
      .migrationFailed(path: path, number: 2, detail: "d"),
      .truncated(path: path, bytes: 1, expected: 2), .corrupt(path: path, detail: "d"),
      .readOnly(path: path), .noPermission(path: path), .cannotOpen(path: path, detail: "d"),
      .busy(path: path, seconds: 30), .diskFull(path: path),
      .inputOutput(path: path, detail: "d"),
      .invalidValue(path: path, table: "run", row: 4, detail: "d"),
      .conflict(path: path, detail: "d"), .database(path: path, detail: "d"),
    ]
    #expect(errors.allSatisfy { "\($0)".contains(path) && !"\($0)".contains("\n") })
    #expect(Set(errors.map { "\($0)" }).count == errors.count)
  }
}
