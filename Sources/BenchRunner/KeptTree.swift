import BenchModel
import Foundation

/// A copy of all files of a tree, for what runs where it lies: a script may read any file beside it, so that two commits' scripts can be
/// run in turn only where both trees are there.
package struct KeptTree {
  /// Where the copy is.
  package let path: String

  /// Copies what `worktree` has checked out, unless that was done before. `tree` names its files; `storage` is the folder `.benchdb`.
  package init(of worktree: String, tree: String, storage: String) throws {
    // As long as the name of a kept product: the length of a program's path moves its stack.
    let name = "\(tree.prefix(40))-\(SHA256.hexadecimal(of: "source tree".utf8).prefix(16))"
    let folder = storage + "/builds"
    path = folder + "/" + name
    if !FileManager.default.fileExists(atPath: path) { try Self.export(worktree, to: path) }
    KeptBuilds(folder: folder).use(name)
  }

  /// The copy appears complete or not at all.
  private static func export(_ worktree: String, to path: String) throws {
    let files = FileManager.default
    let partial = "\(path).partial-\(UUID().uuidString)"
    defer { try? files.removeItem(atPath: partial) }
    try createFolder(partial)
    try GitCommand(directory: worktree).run(
      ["checkout-index", "--all", "--force", "--prefix=\(partial)/"])
    do { try files.moveItem(atPath: partial, toPath: path) } catch {
      guard files.fileExists(atPath: path) else {
        throw RunnerError.unwritable(path, reason: error.localizedDescription)
      }
    }
  }
}
