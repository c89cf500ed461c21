internal import Foundation
internal import GRDB

/// One more connection to a results database, for a reader that steps through SQLite itself.
///
/// It was opened with the checks of `ResultsStore.open`, can only read, and is closed with its last
/// reference.
package final class ReadConnection: Sendable {
  private let queue: DatabaseQueue

  fileprivate init(_ queue: DatabaseQueue) { self.queue = queue }

  /// The connection for SQLite's C interface; valid as long as this object, on one thread at a
  /// time.
  package var handle: OpaquePointer? { queue.inDatabase(\.sqliteConnection) }
}

extension ResultsStore {
  /// Opens one more connection to this database.
  /// - Throws: what opening the store would throw now: the file may have been replaced since.
  package func connect() throws(StoreError) -> ReadConnection {
    do { return ReadConnection(try connectReader()) } catch { throw translated(error) }
  }

  /// Opens one more connection that may leave a transaction open until it is closed.
  func connectReader() throws -> DatabaseQueue {
    try Self.checkedQueue(
      path, .readOnly, busySeconds: busySeconds, migrations: migrations, isLeftInTransaction: true)
  }
}
