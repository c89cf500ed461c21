import Foundation

/// What no answer may be written over, by whatever name: the open results database with what SQLite
/// keeps beside it, any other SQLite database, `benchdb.toml`, and what the command itself reads.
package struct ProtectedFiles {
  private let files: [(path: String, description: String)]

  /// `inputs` are files that the command reads, such as a report's definition.
  package init(of workspace: Workspace, reading inputs: [String] = []) {
    files =
      workspace.databaseFiles.map { ($0, "part of the results database") }
      + [(workspace.root + "/benchdb.toml", "the configuration")]
      + inputs.map { ($0, "what the answer is made from") }
  }

  /// Why `path` must not be replaced, to complete 'it is …'; `nil` where nothing is lost.
  func reason(_ path: String) -> String? {
    let wanted = FileIdentity(path)
    if let found = files.first(where: { FileIdentity($0.path).isSame(as: wanted) }) {
      return found.description
    }
    return Self.isDatabase(path) ? "a database of SQLite" : nil
  }

  /// Looks at the sixteen bytes that each begins with (sqlite.org/fileformat2.html, section 1.3).
  private static func isDatabase(_ path: String) -> Bool {
    var status = stat()
    // A pipe would wait for its other end.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = FileHandle(forReadingAtPath: path)
    else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
  }
}

/// Tells whether two paths lead to one file, through symbolic and hard links, and where there is no
/// file yet.
private struct FileIdentity {
  private let path: String
  private let identity: [UInt64]?

  init(_ path: String) {
    self.path = Self.resolved(path)
    var status = stat()
    identity =
      stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
  }

  func isSame(as other: FileIdentity) -> Bool {
    if let identity, identity == other.identity { return true }
    return path == other.path
  }

  /// The folder's links are followed; the file's own, too, where it is there.
  private static func resolved(_ path: String) -> String {
    let file = URL(filePath: path)
    let folder = file.deletingLastPathComponent().standardizedFileURL.resolvingSymlinksInPath()
    return folder.appending(path: file.lastPathComponent).resolvingSymlinksInPath().path
  }
}
