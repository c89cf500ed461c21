import CSQLite
import Foundation
package import PipelineWorkloads
package import StreamingPipeline
import StreamingPipelineSQLite

/// Orders in an SQLite table of a temporary file, which is removed with this value or when the
/// process exits.
package final class OrdersDatabase: Sendable {
  package let path: String
  private let count: Int

  /// Writes the orders with the fields that the report reads.
  package init(_ orders: OrdersWorkload) throws {
    let name = "pipeline-benchmarks-\(UUID().uuidString).sqlite"
    path = FileManager.default.temporaryDirectory.appending(path: name).path
    count = orders.totalCount ?? 0
    RemovedAtExit.add(path)
    try OrdersWriter(path: path).write(orders)
  }

  deinit { unlink(path) }

  /// The table as a source of records, in the order of their ids.
  package func source() throws -> some Source {
    try SQLiteSource(
      path: path, .table("orders"),
      fields: OrdersWorkload.storedFields, key: ["id"], totalCount: count)
  }
}

extension OrdersWorkload {
  /// The fields of orders in databases and files: those that the report reads.
  static let storedFields = [
    Field("id", .int64), Field("region", .string), Field("territory", .string),
    Field("order_type", .string), Field("amount", .decimal(scale: 2)), Field("quantity", .int64),
  ]
}

/// An error while a benchmark prepared its data.
package enum SetupError: Error, CustomStringConvertible {
  case sqlite(path: String, reason: String)
  case file(path: String, reason: String)

  package var description: String {
    switch self {
    case .sqlite(let path, let reason):
      "cannot write the orders to \(path): \(reason); check TMPDIR and the space there"
    case .file(let path, let reason):
      "cannot write the orders to \(path): \(reason); check TMPDIR and the space there"
    }
  }
}

/// Fills a new database, which needs no journal and no flush because nothing else reads it yet.
private struct OrdersWriter: ~Copyable {
  private let path: String
  private var handle: OpaquePointer?

  init(path: String) throws(SetupError) {
    self.path = path
    guard sqlite3_open(path, &handle) == SQLITE_OK else { throw failure }
  }

  deinit { sqlite3_close_v2(handle) }

  func write(_ orders: OrdersWorkload) throws {
    try execute("PRAGMA journal_mode = OFF")
    try execute("PRAGMA synchronous = OFF")
    try execute(
      """
      CREATE TABLE orders (id INTEGER PRIMARY KEY, region TEXT, territory TEXT, order_type TEXT, \
      amount TEXT, quantity INTEGER) STRICT
      """)
    try execute("BEGIN")
    var statement: OpaquePointer?
    let sql = "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)"
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
    defer { sqlite3_finalize(statement) }
    try orders.forEachOrder { order in
      sqlite3_bind_int64(statement, 1, order.id)
      for (index, key) in order.keys.enumerated() { bind(key, to: statement, Int32(index + 2)) }
      let amount = order.amount.map { FixedDecimal(mantissa: Int128($0), scale: 2) }
      bind(amount.map { .string($0.description) } ?? .null, to: statement, 5)
      sqlite3_bind_int64(statement, 6, order.quantity)
      guard sqlite3_step(statement) == SQLITE_DONE else { throw failure }
      sqlite3_reset(statement)
    }
    try execute("COMMIT")
  }

  private func bind(_ value: Value, to statement: OpaquePointer?, _ index: Int32) {
    guard case .string(let text) = value else {
      sqlite3_bind_null(statement, index)
      return
    }
    _ = csqlite_bind_text_copy(statement, index, text, Int32(text.utf8.count))
  }

  private func execute(_ sql: String) throws(SetupError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  private var failure: SetupError {
    .sqlite(path: path, reason: String(cString: sqlite3_errmsg(handle)))
  }
}
