internal import Foundation
internal import GRDB
internal import Migrations

/// The copy that is made before a migration changes a database.
enum DatabaseCopy {
  /// Copies to `results.sqlite.before-0002`, or the next free name after it, and returns that path.
  ///
  /// The copy gets its name only when it is complete, and replaces no other file.
  @discardableResult
  static func make(of path: String, before migration: Int) throws -> String {
    let partial = "\(path).copying-\(UUID().uuidString)"
    defer { remove(partial) }
    try copy(path, to: partial)
    let name = "\(path).before-\(Migration.digits(of: migration))"
    for attempt in 1... {
      let candidate = attempt == 1 ? name : "\(name).\(attempt)"
      if FileManager.default.fileExists(atPath: candidate) { continue }
      try FileManager.default.moveItem(atPath: partial, toPath: candidate)
      return candidate
    }
    return name
  }

  private static func copy(_ path: String, to destination: String) throws {
    let source = try DatabaseQueue(
      path: path, configuration: ResultsStore.configuration(.readOnly, busySeconds: 5))
    let target = try DatabaseQueue(path: destination)
    try source.backup(to: target)
    try target.close()
    try source.close()
  }

  private static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }
}
