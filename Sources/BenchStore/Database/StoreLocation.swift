package import Foundation

/// The default location of results.
package enum StoreLocation {
  /// The file `.benchdb/results.sqlite` below the repository's root.
  package static func database(in root: URL) -> URL {
    folder(in: root).appending(path: "results.sqlite", directoryHint: .notDirectory)
  }

  package static func folder(in root: URL) -> URL {
    root.appending(path: ".benchdb", directoryHint: .isDirectory)
  }

  /// Makes a missing folder with a `.gitignore` that hides the folder and itself from git. An
  /// existing `.gitignore` is left alone.
  package static func prepareFolder(in root: URL) throws(StoreError) {
    let folder = folder(in: root)
    let ignore = folder.appending(path: ".gitignore", directoryHint: .notDirectory)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      if !FileManager.default.fileExists(atPath: ignore.path) {
        try Data("# Made by benchdb; results belong to this machine.\n*\n".utf8).write(
          to: ignore, options: .atomic)
      }
    } catch {
      throw .cannotOpen(path: folder.path, detail: error.localizedDescription)
    }
  }
}
