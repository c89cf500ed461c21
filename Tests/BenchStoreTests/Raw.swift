import GRDBSQLite

/// A connection that checks nothing, as another program or an attacker has it.
final class Raw {
  private var handle: OpaquePointer?

  struct Failure: Error {
    let message: String
  }

  init(_ path: String) throws {
    guard sqlite3_open(path, &handle) == SQLITE_OK else { throw failure() }
  }

  deinit { sqlite3_close_v2(handle) }

  func run(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  private func failure() -> Failure { Failure(message: String(cString: sqlite3_errmsg(handle))) }
}
