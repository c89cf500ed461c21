/// Everything that can be wrong with a database as a source of records.
public enum SQLiteSourceError: Error, Equatable, Sendable {
  /// The file could not be opened for reading.
  case cannotOpen(path: String, reason: String)
  /// SQLite rejected a statement or failed while running it.
  case query(path: String, sql: String, reason: String)
  /// The database is locked, or could not be read this time. It may be readable later.
  case unavailable(path: String, reason: String)
  /// There is no key, or the key is not among the fields.
  case badKey(String)
  /// A key value is null: paging by it would lose records.
  case nullKey(field: String, record: Int)
  /// Two records have the same key: paging by it would lose records.
  case keyNotUnique(key: [String], record: Int)
  /// The field's type cannot hold a value exactly.
  case wrongValue(field: String, type: String, found: String, key: String)
}

extension SQLiteSourceError: CustomStringConvertible {
  /// A description of what happened, where, and what to do about it.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "cannot open the database \(path) for reading: \(reason)"
    case .query(let path, let sql, let reason):
      "\(path): \(reason) in: \(sql)"
    case .unavailable(let path, let reason):
      "\(path) cannot be read now: \(reason)"
    case .badKey(let reason):
      "the key of an SQLite source must name fields of the source: \(reason)"
    case .nullKey(let field, let record):
      "record \(record) has a null in the key field \(field); choose a key that is never null"
    case .keyNotUnique(let key, let record):
      "record \(record) has the same key (\(key.joined(separator: ", "))) as the one before; "
        + "choose a unique key"
    case .wrongValue(let field, let type, let found, let key):
      "field \(field) is declared \(type), but the record with key \(key) holds \(found)"
    }
  }
}
