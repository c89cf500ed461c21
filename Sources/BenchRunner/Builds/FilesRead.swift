import BenchModel
import Foundation

/// The files that benchmarks read beside their executable, as they are in a work tree.
package struct FilesRead: Sendable, Hashable {
  /// The SHA-256 over the path, kind and contents of every file.
  package let hash: String
  /// The files that git does not track, which the build made or somebody put there.
  package let untracked: [String]
  /// The paths at which there is nothing.
  package let missing: [String]
  /// Whether one of the files is a program or a library, whose code has a layout.
  package let holdMachineCode: Bool

  /// Whether all files are part of the tree, whose hash then identifies them too.
  package var isOfTree: Bool { untracked.isEmpty && missing.isEmpty }
}

extension GitRepository {
  /// The files at `paths`, which are files and folders relative to the root.
  ///
  /// Of a path where git tracks files, ignored files do not count: what an editor or a benchmark
  /// leaves in a folder is not its data. Of a path where git tracks nothing, all files count.
  package func filesRead(at paths: [String]) throws -> FilesRead {
    var (tracked, untracked, missing): ([String], [String], [String]) = ([], [], [])
    for path in paths {
      let ofGit = try listed(path, ["--cached"])
      let others = try listed(
        path, ["--others"] + (ofGit.isEmpty ? [] : ["--exclude-standard"]))
      if ofGit.isEmpty, others.isEmpty { missing.append(path) }
      tracked += ofGit
      untracked += others
    }
    return FilesRead(
      hash: try contentHash(of: tracked + untracked) ?? SHA256.hexadecimal(of: "".utf8),
      untracked: untracked, missing: missing,
      holdMachineCode: (tracked + untracked).contains(where: isMachineCode))
  }

  /// Whether a file begins as those of ELF and of Mach-O do. One that can't be read is no program.
  private func isMachineCode(_ file: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: root + "/" + file) else { return false }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 4) else { return false }
    return Self.startsOfMachineCode.contains(Array(start))
  }

  private static let startsOfMachineCode: Set<[UInt8]> = [
    [0x7F, 0x45, 0x4C, 0x46], [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF],
    [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE],
  ]

  private func listed(_ path: String, _ kinds: [String]) throws -> [String] {
    try git.run(["ls-files", "-z"] + kinds + ["--", ":(top,literal)\(path)"])
      .split(separator: "\0").map(String.init)
  }
}
