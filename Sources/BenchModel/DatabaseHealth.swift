package import Foundation

/// What `benchdb doctor` knows about a results database.
package struct DatabaseHealth: Sendable, Hashable {
  package let path: String
  /// Of the main file.
  package let sizeBytes: Int
  /// Of the write-ahead log beside it; 0 where there is none.
  package let walBytes: Int
  package let schemaVersion: Int
  package let pageBytes: Int
  package let pages: Int
  /// Pages that hold nothing and that a `VACUUM` would give back.
  package let freePages: Int
  /// In the order in which people read them.
  package let tables: [TableSize]
  /// What `PRAGMA integrity_check` answered: `ok`, or one problem a line.
  package let integrity: String
  package let oldestRun: Date?
  package let newestRun: Date?

  package init(
    path: String, sizeBytes: Int, walBytes: Int, schemaVersion: Int, pageBytes: Int, pages: Int,
    freePages: Int, tables: [TableSize], integrity: String, oldestRun: Date?, newestRun: Date?
  ) {
    self.path = path
    self.sizeBytes = sizeBytes
    self.walBytes = walBytes
    self.schemaVersion = schemaVersion
    self.pageBytes = pageBytes
    self.pages = pages
    self.freePages = freePages
    self.tables = tables
    self.integrity = integrity
    self.oldestRun = oldestRun
    self.newestRun = newestRun
  }

  /// How many rows a table holds.
  package struct TableSize: Sendable, Hashable {
    package let table: String
    package let rows: Int

    package init(table: String, rows: Int) {
      self.table = table
      self.rows = rows
    }
  }

  package var isIntact: Bool { integrity == "ok" }
}
