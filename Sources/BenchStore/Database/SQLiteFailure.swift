internal import Foundation
internal import GRDBSQLite

/// An error code of SQLite; it stays inside this target, and becomes a `StoreError` when it leaves.
struct SQLiteFailure: Error {
  /// The extended result code.
  let code: Int32
  let message: String

  init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  init(_ connection: OpaquePointer?) {
    code = connection.map(sqlite3_extended_errcode) ?? SQLITE_NOMEM
    message = connection.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
  }
}

extension StoreError {
  /// Creates the error for a failure. `waited` is the number of seconds for which SQLite waits for
  /// a lock.
  init(_ failure: SQLiteFailure, path: String, waited: Double) {
    switch failure.code & 0xFF {
    case SQLITE_NOTADB: self = .notSQLite(path: path)
    case SQLITE_CORRUPT: self = .corrupt(path: path, detail: failure.message)
    case SQLITE_READONLY: self = .readOnly(path: path)
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(path: path, seconds: waited)
    case SQLITE_FULL: self = .diskFull(path: path)
    case SQLITE_PERM, SQLITE_AUTH: self = .noPermission(path: path)
    case SQLITE_CANTOPEN: self = .unopenable(path: path, detail: failure.message)
    case SQLITE_IOERR: self = .inputOutput(path: path, detail: failure.message)
    case SQLITE_INTERRUPT: self = .interrupted
    case SQLITE_CONSTRAINT: self = .conflict(path: path, detail: failure.message)
    default: self = .database(path: path, detail: "\(failure.message) (\(failure.code))")
    }
  }

  /// Finds the reason in the file system, since SQLite says only that it could not open the file.
  private static func unopenable(path: String, detail: String) -> StoreError {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else {
      return .cannotOpen(path: path, detail: "the folder \(folder) does not exist")
    }
    let isRefused =
      files.fileExists(atPath: path)
      ? !files.isReadableFile(atPath: path) || !files.isWritableFile(atPath: folder)
      : !files.isWritableFile(atPath: folder)
    return isRefused ? .noPermission(path: path) : .cannotOpen(path: path, detail: detail)
  }
}
