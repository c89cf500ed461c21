import Foundation

/// A file that `benchdb init` writes; `path` is from the root.
package struct InitialFile {
  package let path: String
  let text: String

  package init(
    path: String, text: String
  ) {
    self.path = path
    self.text = text
  }

  package func write(in root: String) throws {
    let file = URL(filePath: root).appending(path: path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw CommandFailure("\(file.path) can't be written: \(error.localizedDescription)")
    }
  }
}
