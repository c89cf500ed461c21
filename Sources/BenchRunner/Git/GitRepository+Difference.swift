package import BenchModel
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The state of a work tree at one moment.
package struct WorkTree: Sendable {
  package let revision: Revision
  fileprivate let scope: [String]
  fileprivate let untracked: Set<String>
}

extension GitRepository {
  /// HEAD and its uncommitted changes, except for the files at `ignored`: paths from the file
  /// system's root or outside of the repository.
  package func revision(ignoring ignored: [String] = []) throws -> Revision {
    try workTree(ignoring: ignored).revision
  }

  /// HEAD, what lies on top of it, and what `isUnchanged` needs to know.
  package func workTree(ignoring ignored: [String] = []) throws -> WorkTree {
    let scope = scope(ignoring: ignored)
    let untracked = try untracked(in: scope)
    let paths = try changed(in: scope) + untracked
    return WorkTree(
      revision: Revision(commit: try head(), differenceHash: try contentHash(of: paths)),
      scope: scope, untracked: Set(untracked))
  }

  /// Whether the files are still those of `tree`.
  ///
  /// New untracked files do not count: a build leaves some where nobody has told git to ignore
  /// them, and what it makes is not what it read.
  package func isUnchanged(_ tree: WorkTree) throws -> Bool {
    let untracked = try untracked(in: tree.scope).filter(tree.untracked.contains)
    let difference = try contentHash(of: changed(in: tree.scope) + untracked)
    return try head() == tree.revision.commit && difference == tree.revision.differenceHash
  }

  /// SHA-256 over path, kind and content, as they lie on the disk, of every file that differs from
  /// HEAD and of every untracked file that is not ignored; `nil` where there is none.
  ///
  /// What is staged and what is not makes no difference, since a build sees only the disk. The
  /// folder `.benchdb` does not count.
  package func differenceHash(ignoring ignored: [String] = []) throws -> String? {
    let scope = scope(ignoring: ignored)
    return try contentHash(of: changed(in: scope) + untracked(in: scope))
  }

  private func scope(ignoring ignored: [String]) -> [String] {
    ["--", ".", ":(exclude,top).benchdb"]
      + ignored.filter { $0.hasPrefix(root + "/") }
      .map { ":(exclude,top,literal)" + $0.dropFirst(root.count + 1) }
  }

  private func changed(in scope: [String]) throws -> [String] {
    let difference = [
      "diff", "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "-z",
      "HEAD",
    ]
    return try paths(git.run(difference + scope)) + hiddenChanges(in: scope)
  }

  private func untracked(in scope: [String]) throws -> [String] {
    try paths(git.run(["ls-files", "--others", "--exclude-standard", "-z"] + scope))
  }

  private func paths(_ list: String) -> [String] {
    list.split(separator: "\0").map(String.init)
  }

  /// SHA-256 over path, kind and content of files as they lie on the disk, each once; `nil` where
  /// there is none.
  func contentHash(of paths: [String]) throws -> String? {
    guard !paths.isEmpty else { return nil }
    var hash = SHA256()
    for path in Set(paths).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      try add(path, to: &hash)
    }
    return hash.finish()
  }

  /// The state of a submodule; empty where nothing is checked out, since git would answer for the
  /// repository around it.
  private func innerState(_ path: String) throws -> String {
    guard FileManager.default.fileExists(atPath: path + "/.git") else { return "" }
    do {
      let inner = GitRepository(root: path)
      return try inner.head().hash + (inner.differenceHash() ?? "")
    } catch RunnerError.noCommits {
      return ""
    }
  }

  /// Adds an entry with its kind and lengths, so that two different trees never give the same
  /// bytes.
  private func add(_ path: String, to hash: inout SHA256) throws {
    let full = root + "/" + path
    func header(_ kind: String, length: Int = 0) {
      hash.update(Array("\(kind) \(path.utf8.count) \(length) \(path)\0".utf8))
    }
    var status = stat()
    guard lstat(full, &status) == 0 else { return header("absent") }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      header(
        status.st_mode & S_IXUSR != 0 ? "executable" : "file", length: Int(status.st_size))
      try hash.update(file: full)
    case S_IFLNK:
      let target = try FileManager.default.destinationOfSymbolicLink(atPath: full)
      header("link", length: target.utf8.count)
      hash.update(Array(target.utf8))
    case S_IFDIR:
      // A submodule, or an untracked repository inside this one, counts with its own head and
      // difference.
      let text = try innerState(full)
      header("repository", length: text.utf8.count)
      hash.update(Array(text.utf8))
    default: header("special")
    }
  }
}
