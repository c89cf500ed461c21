import BenchModel
import Foundation

/// The kept products of one tree, recipe, toolchain and folder, whose path is embedded in them: `.benchdb/builds/TREE-RECIPE/`.
struct BuildCache {
  private let folder: String
  private let name: String

  init(
    storage: String, tree: String, recipe: BuildRecipe, toolchain: String, directory: String
  ) {
    // Every part with its length, so that no two recipes run together into the same text.
    let parts = recipe.command + [recipe.executable, toolchain, directory]
    let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
    folder = "\(storage)/builds/\(tree)-\(SHA256.hexadecimal(of: text.utf8).prefix(16))"
    name = (recipe.executable as NSString).lastPathComponent
  }

  /// The kept executable, if there is one.
  var executable: String? {
    let path = folder + "/" + name
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  /// Copies an executable and what it loads from beside itself (resource bundles, shared libraries).
  ///
  /// The copy appears under its name complete or not at all, and one that another benchdb made first is as good.
  /// - Returns: the path of the copy.
  func keep(_ built: String) throws -> String {
    let files = FileManager.default
    let partial = "\(folder).partial-\(UUID().uuidString)"
    let source = (built as NSString).deletingLastPathComponent
    do {
      try files.createDirectory(atPath: partial, withIntermediateDirectories: true)
      defer { try? files.removeItem(atPath: partial) }
      // The product folder of SwiftPM is reached through a symbolic link; copy what it points to.
      try files.copyItem(
        at: URL(filePath: built).resolvingSymlinksInPath(),
        to: URL(filePath: partial + "/" + name))
      for item in try files.contentsOfDirectory(atPath: source) where Self.isNeeded(item) {
        try files.copyItem(atPath: source + "/" + item, toPath: partial + "/" + item)
      }
      if executable == nil {
        try? files.removeItem(atPath: folder)
        do { try files.moveItem(atPath: partial, toPath: folder) } catch {
          guard executable != nil else { throw error }
        }
      }
      return folder + "/" + name
    } catch {
      throw RunnerError.unwritable(folder, reason: error.localizedDescription)
    }
  }

  private static func isNeeded(_ item: String) -> Bool {
    [".resources", ".bundle", ".so", ".dylib"].contains { item.hasSuffix($0) }
  }
}
