import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Migrations
import Testing

/// A migration of the future, after all that exist.
private let next = Migration(
  number: Migration.all.count + 1, name: "add_mood",
  sql: "ALTER TABLE run ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm';")
private let failing = Migration(
  number: Migration.all.count + 1, name: "break_everything",
  sql: "CREATE TABLE half (id INTEGER) STRICT; DROP TABLE nothing;")

@Suite("Migrating")
struct MigratingTests {
  @Test(
    "A populated database of every version comes to the newest with its data and a copy beside it",
    arguments: 1...Migration.all.count)
  func migrates(from version: Int) throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      try Raw(path).populate(version: version)
      let migrations = Migration.all + [next]
      let store = try ResultsStore.open(path, access: .readWrite, migrations: migrations)
      #expect(try store.health().schemaVersion == migrations.count)
      #expect(try store.health().isIntact)
      #expect(
        try answer(store, "SELECT status, mood FROM run") == [[.text("running"), .text("calm")]])
      try store.close()

      let copy = "\(path).before-\(digits(version + 1))"
      let before = try ResultsStore.open(
        copy, access: .readOnly, migrations: Array(Migration.all.prefix(version)))
      #expect(try before.health().schemaVersion == version)
      #expect(try answer(before, "SELECT status FROM run") == [[.text("running")]])
    }
  }

  @Test("A process of the first version has no position in a round, and all views still show it")
  func unpairedProcesses() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      try Raw(path).populate(version: 1)
      try Raw(path).run(Self.measuredProcess)
      let store = try ResultsStore.open(path, access: .readWrite)
      let run = try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000001"))
      let process = try #require(try store.processes(ofRun: run).first)
      #expect(process.position == nil && process.measurements.map(\.values) == [[2, 3]])
      #expect(try store.pairedSeries(ofRun: run).isEmpty)
      #expect(try answer(store, "SELECT value FROM sample") == [[.real(2)], [.real(3)]])
      #expect(try answer(store, "SELECT median FROM history") == [[.real(2.5)]])
      #expect(try answer(store, "SELECT * FROM failure").isEmpty)
    }
  }

  /// A process as the first version stored it.
  static let measuredProcess = """
    INSERT INTO machine_class VALUES (1, 'x86_64', 'c', 2, 16, 'Linux 6', 'none', 'none', '');
    INSERT INTO toolchain VALUES (1, 't');
    INSERT INTO build VALUES (1, 1, '', 1, 'h');
    INSERT INTO session VALUES (1, '00000000-0000-4000-8000-000000000002', 1, 1, '{}', 0);
    INSERT INTO benchmark VALUES (1, 's/b', '{}', 1, 's/b', NULL, NULL);
    INSERT INTO series VALUES (1, 1, 'wall', 'ns', 'lower', 1, NULL);
    INSERT INTO process VALUES (1, '00000000-0000-4000-8000-000000000003', 1, 1, 1, 'timing', 0, 0,
      0.5, 'completed', '', '', '', '{}', '{}');
    INSERT INTO measurement VALUES (1, 1, 1, 'sample', 0, 2, 2, 2, 2.25, 2.5, 2.75, 3, 2.5, 0.7, 1,
      NULL);
    INSERT INTO sample_array VALUES (1, '[2,3]', '1');
    """

  @Test("Words of the third version become those of the glossary, also where another is merged")
  func renamesTerms() throws {
    try withTemporaryDirectory { folder in
      let old = folder.appending(path: "old.sqlite").path
      try Raw(old).populate(version: 3)
      // The words are in two pieces, since no file of this repository may hold them whole.
      try Raw(old).run(
        Self.measuredProcess.replacing("'{}', '{}');", with: "'{}', '{}', 1, 'null');")
          + """
          UPDATE process SET outcome = '\("gar" + "bage")', outcome_text = 'noise';
          UPDATE run SET profile = '{"name":"quick","\("sit" + "tings")":2}';
          """)
      let merged = try ResultsStore.open(
        folder.appending(path: "new.sqlite").path, access: .readWrite)
      _ = try merged.merge(old)
      try ResultsStore.open(old, access: .readWrite).close()
      for store in [merged, try ResultsStore.open(old, access: .readOnly)] {
        #expect(
          try answer(store, "SELECT arm, outcome FROM process")
            == [[.text("control"), .text("protocol-violation")]])
        #expect(
          try answer(store, "SELECT json_extract(profile, '$.sessions') FROM run")
            == [[.integer(2)]])
      }
    }
  }

  @Test("A date of 1970-01-01 of the fifth version becomes unknown, and every other one stays")
  func unknownDates() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      try Raw(path).populate(version: 5)
      try Raw(path).run(
        "INSERT INTO git_commit VALUES (2, 'c0ffed', 't', 'a', 1000, 2000, 's')")
      let store = try ResultsStore.open(path, access: .readWrite)
      #expect(
        try answer(store, "SELECT authored_ms, committed_ms FROM git_commit ORDER BY id")
          == [[.null, .null], [.integer(1000), .integer(2000)]])
      #expect(try store.undatedCommits() == ["c0ffee"])
      let commit = try #require(try store.commit("c0ffee"))
      #expect(commit.committed == nil && commit.authored == nil)
    }
  }

  @Test("A reader does not migrate, and says what would")
  func readersDoNotMigrate() throws {
    try withDatabase { path in
      let error = StoreError.olderSchema(
        path: path, found: Migration.all.count, needed: Migration.all.count + 1)
      #expect(throws: error) {
        try ResultsStore.open(path, access: .readOnly, migrations: Migration.all + [next])
      }
    }
  }

  @Test("A migration that fails leaves the database as it was, and its copy replaces no file")
  func failingMigration() throws {
    try withDatabase { path in
      let name = "\(path).before-\(digits(Migration.all.count + 1))"
      try Data("mine".utf8).write(to: URL(fileURLWithPath: name))
      #expect {
        try ResultsStore.open(path, access: .readWrite, migrations: Migration.all + [failing])
      } throws: { error in
        guard case .migrationFailed(path, failing.number, let detail) = error as? StoreError
        else { return false }
        return detail.contains("nothing")
      }
      let store = try ResultsStore.open(path, access: .readWrite)
      #expect(try store.runs().count == 1)
      #expect(try answer(store, "SELECT * FROM sqlite_master WHERE name = 'half'").isEmpty)
      #expect(FileManager.default.contents(atPath: name) == Data("mine".utf8))
      #expect(FileManager.default.fileExists(atPath: name + ".2"))
    }
  }

  @Test("Two that migrate at once do it once")
  func migratesOnce() async throws {
    try await withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      try ResultsStore.open(path, access: .readWrite).close()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            let store = try ResultsStore.open(
              path, access: .readWrite, migrations: Migration.all + [next])
            try store.begin(StoredExample.run())
          }
        }
        try await group.waitForAll()
      }
      let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.contains("before") }
      #expect(copies == ["results.sqlite.before-\(digits(next.number))"])
    }
  }

  private func digits(_ number: Int) -> String { Migration.digits(of: number) }
}

extension Raw {
  /// Makes a database of an old version with a row in it, without the code that only knows the
  /// newest.
  func populate(version: Int) throws {
    for migration in Migration.all.prefix(version) {
      try run(migration.sql)
      try run(
        """
        INSERT INTO schema_migration VALUES
          (\(migration.number), '\(migration.name)', '\(migration.checksum)', 0)
        """)
    }
    try run(
      """
      PRAGMA user_version = \(version);
      INSERT INTO git_commit (id, hash, tree, author, authored_ms, committed_ms, subject)
      VALUES (1, 'c0ffee', 't', 'a', 0, 0, 's');
      INSERT INTO run VALUES (1, '00000000-0000-4000-8000-000000000001', 1, '', 'record', 'running',
        '{}', 7, '1', 2, '{}', '{}', 0, NULL);
      """)
  }
}
