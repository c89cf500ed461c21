internal import Foundation
internal import GRDB
internal import Migrations
internal import Synchronization

/// The results database, and the only target that knows SQL.
///
/// Values of the model go in and come out. Every write is one immediate transaction and is on the
/// disk when the call returns, so that a kill at any moment loses at most the process being
/// measured. Several recorders may write one database at once and wait for each other.
package final class ResultsStore: Sendable {
  /// The absolute path of the file.
  package let path: String
  package let access: Access
  let queue: DatabaseQueue
  let busySeconds: Double
  let migrations: [Migration]
  private let identities = Mutex(Identities())

  package enum Access: Sendable, Hashable {
    /// Never changes the file, which must exist with the current schema.
    case readOnly
    /// Makes a missing file, and brings an older schema up to date.
    case readWrite
  }

  init(
    path: String, access: Access, queue: DatabaseQueue, busySeconds: Double,
    migrations: [Migration]
  ) {
    self.path = path
    self.access = access
    self.queue = queue
    self.busySeconds = busySeconds
    self.migrations = migrations
  }

  /// Closes the database. The last connection that closes folds the write-ahead log into the file.
  package func close() throws(StoreError) {
    do { try queue.close() } catch { throw translated(error) }
  }

  /// Runs `body` in a transaction that reads one consistent state of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try queue.read(body) } catch { throw translated(error) }
  }

  /// Runs `body` in one transaction that holds the write lock from its start, and is durable once
  /// this returns.
  func write<Value>(_ body: (Database, inout Identities) throws -> Value) throws(StoreError)
    -> Value
  {
    guard access == .readWrite else { throw .readOnly(path: path) }
    // The ids are taken out while they are in use. A second thread starts with none, and a call
    // that fails leaves none behind, since the rollback removed their rows.
    var known = identities.withLock { stored in
      defer { stored = Identities() }
      return stored
    }
    do {
      let value = try transaction(&known, body)
      identities.withLock { [known] in $0 = known }
      return value
    } catch { throw translated(error) }
  }

  private func transaction<Value>(
    _ identities: inout Identities, _ body: (Database, inout Identities) throws -> Value
  ) throws -> Value {
    var value: Value?
    try queue.inTransaction(.immediate) { database in
      try identities.forgetIfOthersWrote(database)
      value = try body(database, &identities)
      return .commit
    }
    guard let value else { throw StoreError.interrupted }
    return value
  }

  func translated(_ error: any Error) -> StoreError {
    StoreError(any: error, path: path, waited: busySeconds)
  }
}

extension StoreError {
  /// Turns any error into one of this target: every error passes here before it leaves.
  init(any error: any Error, path: String, waited: Double) {
    switch error {
    case let error as StoreError: self = error
    case let failure as SQLiteFailure:
      self.init(failure, path: path, waited: waited)
    case let error as DatabaseError:
      let failure = SQLiteFailure(
        code: error.extendedResultCode.rawValue, message: error.message ?? "no message")
      self.init(failure, path: path, waited: waited)
    case let invalid as InvalidValue:
      self = .invalidValue(
        path: path, table: invalid.table, row: invalid.row, detail: invalid.detail)
    case is CancellationError: self = .interrupted
    default: self = .database(path: path, detail: String(describing: error))
    }
  }
}
