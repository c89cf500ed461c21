package import Foundation

/// The facts about a results database that `benchdb doctor` prints.
package struct DatabaseHealth: Sendable, Hashable {
  package let path: String
  /// The size of the main file.
  package let sizeBytes: Int
  /// The size of the write-ahead log; 0 where there is none.
  package let walBytes: Int
  package let schemaVersion: Int
  package let pageBytes: Int
  package let pages: Int
  /// The number of unused pages, which `VACUUM` would return to the file system.
  package let freePages: Int
  /// The tables in the order in which the schema creates them.
  package let tables: [TableSize]
  /// The answer of `PRAGMA integrity_check`: `ok`, or one problem a line.
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

  /// A table and its number of rows.
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
