import BenchModel
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension GitRepository {
  /// The files that differ from HEAD although git was told not to look at them, by `update-index
  /// --assume-unchanged` or `--skip-worktree`.
  ///
  /// A file that a sparse checkout left out is not a change.
  func hiddenChanges(in scope: [String]) throws -> [String] {
    let entries = try git.run(["ls-files", "-v", "-z"] + scope).split(separator: "\0")
    let hidden = entries.filter { $0.first == "S" || $0.first?.isLowercase == true }
    let files = hidden.filter { $0.first != "S" || exists(String($0.dropFirst(2))) }
      .map { String($0.dropFirst(2)) }
    // Only a few files are compared at a time, because they are arguments of a program.
    return try stride(from: 0, to: files.count, by: 200).flatMap { start in
      try differing(Array(files[start..<min(start + 200, files.count)]))
    }
  }

  /// The paths of submodules that are not checked out, which git does not call a change.
  func missingSubmodules() throws -> [String] {
    try git.run(["ls-files", "--stage", "-z"]).split(separator: "\0")
      .filter { $0.hasPrefix("160000 ") }
      .compactMap { $0.split(separator: "\t", maxSplits: 1).last.map(String.init) }
      .filter { !exists($0 + "/.git") }
  }

  private func differing(_ files: [String]) throws -> [String] {
    // A link, a folder or nothing where a file was counts as different without a closer look.
    let (regular, other) = (files.filter(isRegular), files.filter { !isRegular($0) })
    guard !regular.isEmpty else { return other }
    var committed: [String: Substring] = [:]
    for entry in try git.run(["ls-tree", "-z", "HEAD", "--"] + regular).split(separator: "\0") {
      guard let tab = entry.firstIndex(of: "\t") else { continue }
      committed[String(entry[entry.index(after: tab)...])] =
        entry[..<tab].split(separator: " ").last
    }
    let hashes = try git.run(["hash-object", "--"] + regular).split(separator: "\n")
    return other + zip(regular, hashes).filter { committed[$0] != $1 }.map(\.0)
  }

  private func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(root + "/" + path, &status) == 0
  }

  private func isRegular(_ path: String) -> Bool {
    var status = stat()
    return lstat(root + "/" + path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
