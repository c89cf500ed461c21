import BenchModel
import Foundation

/// The cached products of one tree, recipe, toolchain and folder, in
/// `.benchdb/builds/TREE-RECIPE/`. The folder matters because its path is embedded in the products.
struct BuildCache {
  private let folder: String
  private let name: String

  init(
    storage: String, tree: String, recipe: BuildRecipe, toolchain: String, directory: String,
    surroundings: [String] = []
  ) {
    // Every part has its length, so that no two recipes give the same text.
    let seed = recipe.layoutSeed.map { ["\(BuildRecipe.layoutVariable)=\($0)"] } ?? []
    let parts = recipe.command + [recipe.executable, toolchain, directory] + surroundings + seed
    let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
    folder = "\(storage)/builds/\(tree)-\(SHA256.hexadecimal(of: text.utf8).prefix(16))"
    name = (recipe.executable as NSString).lastPathComponent
  }

  /// The cache of products that belong to no tree, named by their contents. The name is as long as
  /// the others, since the length of a program's path moves its stack.
  private init(storage: String, contentHash: String, name: String) {
    folder = "\(storage)/builds/\(contentHash.prefix(40))-\(contentHash.suffix(16))"
    self.name = name
  }

  /// The cached executable, if there is one.
  var executable: String? {
    let path = folder + "/" + name
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  /// Copies an executable with the resource bundles and shared libraries beside it.
  ///
  /// The copy appears under its name complete or not at all, and one that another benchdb made
  /// first is as good.
  /// - Returns: the path of the copy.
  func store(_ built: String) throws -> String {
    try PartialCopy.make(of: built, named: name, beside: folder) { partial in
      try publish(partial)
    }
  }

  /// Copies an executable that belongs to no tree, such as one of uncommitted changes, so that it
  /// is not replaced while it is measured.
  static func storeByContents(_ built: String, storage: String) throws -> String {
    let name = (built as NSString).lastPathComponent
    return try PartialCopy.make(of: built, named: name, beside: storage + "/builds/private") {
      partial in
      let hash = try ProductHash.hexadecimal(of: partial + "/" + name)
      let cache = BuildCache(storage: storage, contentHash: hash, name: name)
      if let cached = cache.executable, try ProductHash.hexadecimal(of: cached) != hash {
        try FileManager.default.removeItem(atPath: cache.folder)
      }
      return try cache.publish(partial)
    }
  }

  /// Marks the products as used, and evicts those that were unused for longest.
  func touch() {
    let path = folder as NSString
    CachedBuilds(folder: path.deletingLastPathComponent).use(path.lastPathComponent)
  }

  private func publish(_ partial: String) throws -> String {
    defer { touch() }
    let files = FileManager.default
    if executable == nil {
      try? files.removeItem(atPath: folder)
      do { try files.moveItem(atPath: partial, toPath: folder) } catch {
        guard executable != nil else { throw error }
      }
    }
    return folder + "/" + name
  }
}

/// A copy of products that is not complete yet.
private enum PartialCopy {
  /// Makes a copy and passes its folder to `body`; afterwards the folder is removed if it still
  /// exists.
  static func make(
    of built: String, named name: String, beside destination: String,
    _ body: (String) throws -> String
  ) throws -> String {
    let files = FileManager.default
    let partial = "\(destination).partial-\(UUID().uuidString)"
    do {
      try files.createDirectory(atPath: partial, withIntermediateDirectories: true)
      defer { try? files.removeItem(atPath: partial) }
      // SwiftPM's product folder is a symbolic link, so its target is copied.
      try files.copyItem(
        at: URL(filePath: built).resolvingSymlinksInPath(),
        to: URL(filePath: partial + "/" + name))
      for item in try ProductHash.companions(of: built) {
        let source = (built as NSString).deletingLastPathComponent + "/" + item
        // A versioned library is a link. A copy of the link would lead nowhere, or to a file that
        // changes.
        try files.copyItem(
          at: URL(filePath: source).resolvingSymlinksInPath(),
          to: URL(filePath: partial + "/" + item))
      }
      return try body(partial)
    } catch let error as RunnerError {
      throw error
    } catch {
      throw RunnerError.unwritable(destination, reason: error.localizedDescription)
    }
  }
}
