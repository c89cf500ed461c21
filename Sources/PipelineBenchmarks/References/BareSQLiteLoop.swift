import CSQLite

/// Steps and reads the rows of an orders table with SQLite's own functions, which is the least that
/// reading them can cost.
package struct BareSQLiteLoop: Sendable {
  /// What the loop read.
  package struct Seen: Sendable, Equatable {
    package var records = 0
    package var sumOfIDs: Int64 = 0
    /// The bytes of all texts, so that every text has to be read.
    package var textBytes = 0
  }

  private static let query =
    "SELECT id, region, territory, order_type, amount, quantity FROM orders ORDER BY id"
  /// The database is kept because its file is removed with it.
  private let database: OrdersDatabase

  package init(_ database: OrdersDatabase) { self.database = database }

  /// Opens the database, reads every column of every row, and closes it.
  package func run() throws -> Seen {
    let path = database.path
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    var statement: OpaquePointer?
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      sqlite3_prepare_v2(handle, Self.query, -1, &statement, nil) == SQLITE_OK
    else { throw SetupError.sqlite(path: path, reason: String(cString: sqlite3_errmsg(handle))) }
    defer { sqlite3_finalize(statement) }
    var seen = Seen()
    while sqlite3_step(statement) == SQLITE_ROW {
      seen.records += 1
      seen.sumOfIDs &+= sqlite3_column_int64(statement, 0)
      for column: Int32 in 1...4 where sqlite3_column_text(statement, column) != nil {
        seen.textBytes += Int(sqlite3_column_bytes(statement, column))
      }
      seen.textBytes += sqlite3_column_int64(statement, 5) > 0 ? 0 : 1
    }
    return seen
  }
}
