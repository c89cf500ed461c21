import Foundation

/// A copy of all files of a tree, in which one side of a comparison runs.
///
/// A benchmark may read any file of its commit, so two commits can be measured in turn only where
/// both trees exist. The copy has the files that git tracks and those that benchmarks are declared
/// to read, but no `.git` and no products. It is made anew for every comparison, so that nothing of
/// an earlier one is left in it.
package struct CachedTree {
  /// The path of the copy, which is as long for every tree, since the length of a program's path
  /// moves its stack.
  package let path: String

  /// Copies what `worktree` has checked out, unless this comparison has done so. `tree` names its
  /// files, `reads` the paths that benchmarks read; `storage` is the folder `.benchdb`.
  package init(of worktree: String, tree: String, reads: [String], storage: String) throws {
    path = Self.folder(in: storage) + "/" + tree
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let partial = path + ".partial"
    try Self.remove(partial)
    try createFolder(partial)
    let repository = GitRepository(root: worktree)
    try repository.git.run(["checkout-index", "--all", "--force", "--prefix=\(partial)/"])
    for file in try Set(repository.filesRead(at: reads).untracked) {
      try Self.copy(file, from: worktree, to: partial)
    }
    try Self.changing(path) { try FileManager.default.moveItem(atPath: partial, toPath: path) }
  }

  /// Removes the copies of earlier comparisons. The caller must keep other processes from making
  /// some.
  package static func removeAll(storage: String) throws { try remove(folder(in: storage)) }

  private static func folder(in storage: String) -> String { storage + "/copies" }

  private static func remove(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    try changing(path) { try FileManager.default.removeItem(atPath: path) }
  }

  private static func copy(_ item: String, from worktree: String, to folder: String) throws {
    let copy = folder + "/" + item
    try createFolder((copy as NSString).deletingLastPathComponent)
    try changing(copy) {
      try FileManager.default.copyItem(atPath: worktree + "/" + item, toPath: copy)
    }
  }

  private static func changing(_ path: String, _ body: () throws -> Void) throws {
    do { try body() } catch {
      throw RunnerError.unwritable(path, reason: error.localizedDescription)
    }
  }
}
