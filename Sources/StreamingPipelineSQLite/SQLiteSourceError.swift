/// What can be wrong with a database as a source of records.
public enum SQLiteSourceError: Error, Equatable, Sendable {
  /// The file could not be opened for reading.
  case cannotOpen(path: String, reason: String)
  /// SQLite refused a statement or failed while running it.
  case query(path: String, sql: String, reason: String)
  /// The database is locked, or could not be read this time; it may be later.
  case unavailable(path: String, reason: String)
  /// No key, or a key that is not among the fields.
  case badKey(String)
  /// A key value that is null: paging by it would lose records.
  case nullKey(field: String, record: Int)
  /// Two records with the same key: paging by it would lose records.
  case keyNotUnique(key: [String], record: Int)
  /// A value that the field's type cannot hold exactly.
  case wrongValue(field: String, type: String, found: String, key: String)
}

extension SQLiteSourceError: CustomStringConvertible {
  /// What happened, where, and what to do about it.
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
