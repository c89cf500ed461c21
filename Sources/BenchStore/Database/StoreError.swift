/// The reason why the results database could not be opened, read or written.
package enum StoreError: Error, Sendable, Hashable {
  /// There is no such file, and reading does not make one.
  case missing(path: String)
  /// The path names a folder, a socket or another thing that is not a file.
  case notAFile(path: String)
  /// An empty file holds no results, and reading does not make it a database.
  case empty(path: String)
  /// The file is not a SQLite database, but a text, for example.
  case notSQLite(path: String)
  /// The file is a SQLite database of another program.
  case foreignDatabase(path: String, applicationIdentifier: Int)
  /// The database has something in it that benchdb never makes, such as a trigger.
  case foreignSchema(path: String, detail: String)
  case newerSchema(path: String, found: Int, supported: Int)
  /// The schema is older than a reader needs; only opening for writing migrates.
  case olderSchema(path: String, found: Int, needed: Int)
  /// The database was made by a migration of the same number with other contents.
  case changedMigration(path: String, number: Int, detail: String)
  case migrationFailed(path: String, number: Int, detail: String)
  /// The file is shorter than it says it is.
  case truncated(path: String, bytes: Int, expected: Int)
  case corrupt(path: String, detail: String)
  case readOnly(path: String)
  case noPermission(path: String)
  case cannotOpen(path: String, detail: String)
  /// Another process held the database for longer than `seconds`.
  case busy(path: String, seconds: Double)
  case diskFull(path: String)
  /// Another process wrote the file while it was copied.
  case changing(path: String)
  case inputOutput(path: String, detail: String)
  /// A stored value that benchdb would not have written.
  case invalidValue(path: String, table: String, row: Int64, detail: String)
  /// A value that may not be stored.
  case unstorable(what: String, detail: String)
  /// A uuid or name that is taken, or something it belongs to that is not there.
  case conflict(path: String, detail: String)
  case noSuchRun(String)
  case ambiguousRun(String, matches: [String])
  case runNotInterrupted(String, status: String)
  case noSuchBaseline(String, known: [String])
  /// The command `sql` got something else than one statement that reads.
  case refusedStatement(detail: String)
  /// The SQL is wrong.
  case invalidStatement(detail: String)
  case interrupted
  /// SQLite failed for any other reason.
  case database(path: String, detail: String)
}
