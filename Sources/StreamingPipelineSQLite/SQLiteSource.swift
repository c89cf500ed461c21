public import StreamingPipeline

/// Records of an SQLite table or query, read in pages after the last key (keyset pagination). With
/// an index or primary key on these columns, every page costs the same, however far it is from the
/// first.
///
/// All pages are read in one transaction, so that they show the database at one moment. The
/// database is opened for reading only.
///
/// The type of the field determines how stored values are read; null is null in all types:
///
/// | type | from |
/// |---|---|
/// | int64 | INTEGER |
/// | double | REAL, INTEGER |
/// | decimal | INTEGER, TEXT such as `12.50` with no more digits than the field keeps |
/// | bool | INTEGER 0 or 1 |
/// | string | TEXT |
/// | date | TEXT `YYYY-MM-DD`, INTEGER days since 1970-01-01 |
/// | timestamp | TEXT in ISO 8601 (UTC), INTEGER microseconds since 1970-01-01 |
///
/// Anything else is an error that names field and record. No conversion loses information.
///
/// ```swift
/// let orders = try SQLiteSource(
///   path: path, .query("SELECT id, region, amount FROM orders WHERE amount > 10"),
///   fields: [Field("id", .int64), Field("region", .string), Field("amount", .double)],
///   key: ["id"])
/// ```
public struct SQLiteSource: Source {
  /// The table or query to read.
  public enum Selection: Hashable, Sendable {
    /// A table or view.
    case table(String)
    /// A SELECT statement without parameters, ORDER BY or LIMIT.
    case query(String)
  }

  /// The number of records that a statement is asked for.
  public enum Reading: Hashable, Sendable {
    /// One page, which begins after the last key of the page before. No statement stays open
    /// between pages. Use it for keys that have an index.
    case pages
    /// All records, which are stepped through as they are needed. Use it for queries whose records
    /// SQLite has to compute or sort: it does so once, and not for every page. It sorts in bounded
    /// memory, and beyond that in a temporary file.
    case atOnce
  }

  /// The fields of the records.
  public let schema: Schema
  /// The number of records, where the caller knows it.
  public let totalCount: Int?
  let connect: @Sendable () throws -> SQLiteDatabase
  let selection: Selection
  let reading: Reading
  let keys: [Int]

  /// Describes a source; the file is opened when a run reads it.
  ///
  /// - Parameters:
  ///   - path: the database file.
  ///   - selection: a table, or a query that has the columns named by `fields`.
  ///   - fields: the columns to read and their types.
  ///   - key: the fields whose values together are unique and never null, in the order of an index.
  ///     Records come in their order.
  ///   - reading: the number of records that a statement is asked for.
  ///   - totalCount: the number of records, where the caller knows it.
  /// - Throws: `SQLiteSourceError.badKey`, and `PipelineError` for invalid fields.
  public init(
    path: String, _ selection: Selection, fields: [Field], key: [String],
    reading: Reading = .pages, totalCount: Int? = nil
  ) throws {
    try self.init(
      selection, fields: fields, key: key, reading: reading, totalCount: totalCount,
      connect: { try SQLiteDatabase(path: path) })
  }

  /// Describes a source whose connections the caller opens, checks and owns.
  ///
  /// Errors name `path`. For each run, `connection` opens a connection: its handle, which is used
  /// by one thread at a time, and the owner that closes it with its last reference.
  package init(
    path: String, _ selection: Selection, fields: [Field], key: [String],
    reading: Reading = .pages, totalCount: Int? = nil,
    connection: @escaping @Sendable () throws -> (handle: OpaquePointer?, owner: AnyObject)
  ) throws {
    try self.init(
      selection, fields: fields, key: key, reading: reading, totalCount: totalCount,
      connect: {
        let (handle, owner) = try connection()
        return SQLiteDatabase(path: path, handle: handle, owner: owner)
      })
  }

  private init(
    _ selection: Selection, fields: [Field], key: [String], reading: Reading, totalCount: Int?,
    connect: @escaping @Sendable () throws -> SQLiteDatabase
  ) throws {
    guard let first = key.first else { throw SQLiteSourceError.badKey("none is given") }
    schema = try Schema(fields, key: fields.contains { $0.name == first } ? first : nil)
    keys = try key.map { [schema] name in
      guard let position = schema.position(of: name) else {
        let known = fields.map(\.name).joined(separator: ", ")
        throw SQLiteSourceError.badKey("\(name) is not one of \(known)")
      }
      return position
    }
    self.connect = connect
    self.selection = selection
    self.reading = reading
    self.totalCount = totalCount
  }

  /// Starts reading after the last key of `position`, in a new transaction that shows the database
  /// as it is then.
  public func open(after position: SourcePosition) throws -> any SourceCursor {
    try SQLiteCursor(self, after: position)
  }

  /// Whether trying again may help: only where the database exists but could not be read.
  public func isTransient(_ error: any Error) -> Bool {
    if case SQLiteSourceError.unavailable = error { true } else { false }
  }
}

extension SQLiteSource {
  /// The SQL of one page, after the last key or from the beginning. Its parameters are the key's
  /// values, followed by the number of records to read.
  ///
  /// ```sql
  /// SELECT record."id", record."region" FROM "orders" AS record
  /// WHERE (record."id") > (?) ORDER BY record."id" LIMIT ?
  /// ```
  ///
  /// Text keys are ordered and compared as bytes, whatever collation the column has. Under a
  /// collation in which `a` equals `A`, a page could end between the two and lose one of them.
  func pageSQL(after: Bool) -> String {
    let columns = schema.fields.map { column($0.name) }.joined(separator: ", ")
    let terms = keys.map { key in
      column(schema.fields[key].name)
        + (schema.fields[key].type == .string ? " COLLATE BINARY" : "")
    }
    let from: String =
      switch selection {
      case .table(let name): quoted(name)
      case .query(let sql): "(\(sql))"
      }
    let list = terms.joined(separator: ", ")
    let marks = keys.map { _ in "?" }.joined(separator: ", ")
    let condition = after ? " WHERE (\(list)) > (\(marks))" : ""
    return "SELECT \(columns) FROM \(from) AS record\(condition) ORDER BY \(list) LIMIT ?"
  }

  /// The column's name, qualified because SQLite reads an unknown name in double quotes as a text
  /// literal.
  private func column(_ name: String) -> String { "record." + quoted(name) }

  private func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
