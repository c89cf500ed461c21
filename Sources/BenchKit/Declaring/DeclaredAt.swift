import BenchModel
import Foundation

/// The location of a benchmark's declaration, as the compiler passed it.
struct DeclaredAt: Sendable {
  /// The file as `Module/File.swift`.
  let fileID: String
  /// The path of the file, absolute unless the build remaps paths.
  let filePath: String
  let line: Int

  /// The location relative to the repository (or else the package) that holds the file, so that
  /// annotations find it from any checkout. If the sources are not on this machine, it is the
  /// file's short name.
  var location: SourceLocation {
    let root = root(marked: ".git") ?? root(marked: "Package.swift")
    let file = root.map { String(filePath.dropFirst($0.count + 1)) } ?? fileID
    return SourceLocation(file: file, line: line)
  }

  /// The nearest folder above the file that has an entry of this name.
  private func root(marked entry: String) -> String? {
    guard filePath.hasPrefix("/") else { return nil }
    var folder = (filePath as NSString).deletingLastPathComponent
    while folder.count > 1 {
      if FileManager.default.fileExists(atPath: folder + "/" + entry) { return folder }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return nil
  }
}
