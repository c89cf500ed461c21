import BenchModel

/// What benchmarks read beside their executable, of one work tree as it lies on the disk.
package struct FilesRead: Sendable, Hashable {
  /// SHA-256 over path, kind and content of every file.
  package let hash: String
  /// The files that git does not keep: the build made them, or somebody put them there.
  package let untracked: [String]
  /// The paths at which there is nothing.
  package let missing: [String]

  /// Whether all of it is part of the tree, so that the tree's hash names it, too.
  package var isOfTree: Bool { untracked.isEmpty && missing.isEmpty }
}

extension GitRepository {
  /// The files at `paths`, files and folders relative to the root.
  ///
  /// Of a path where git keeps files those that it ignores do not count: what an editor, or a
  /// benchmark, leaves in a folder is none of its data. A path of which git keeps nothing counts as
  /// it lies there.
  package func filesRead(at paths: [String]) throws -> FilesRead {
    var (tracked, untracked, missing): ([String], [String], [String]) = ([], [], [])
    for path in paths {
      let kept = try listed(path, ["--cached"])
      let others = try listed(
        path, ["--others"] + (kept.isEmpty ? [] : ["--exclude-standard"]))
      if kept.isEmpty, others.isEmpty { missing.append(path) }
      tracked += kept
      untracked += others
    }
    return FilesRead(
      hash: try contentHash(of: tracked + untracked) ?? SHA256.hexadecimal(of: "".utf8),
      untracked: untracked, missing: missing)
  }

  private func listed(_ path: String, _ kinds: [String]) throws -> [String] {
    try git.run(["ls-files", "-z"] + kinds + ["--", ":(top,literal)\(path)"])
      .split(separator: "\0").map(String.init)
  }
}
