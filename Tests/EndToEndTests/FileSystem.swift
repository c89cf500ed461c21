import BenchRunner
import Foundation

/// File systems that refuse to write, which takes some privilege to have.
enum FileSystem {
  /// Words before a command that make file modes count for it even where the tests run as root;
  /// `nil` where that can't be had.
  static let obeyingModes: [String]? = {
    if geteuid() != 0 { return [] }
    let words = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    return succeeds(words + ["true"]) ? words : nil
  }()

  /// Whether this process may mount a file system, tried with one.
  static let canMount: Bool = {
    guard geteuid() == 0 else { return false }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    return (try? withSmallDisk(at: folder, kibibytes: 64) { true }) ?? false
  }()

  /// Mounts a disk of `kibibytes` in memory at `folder` for as long as `body` runs.
  static func withSmallDisk<Result>(
    at folder: URL, kibibytes: Int, _ body: () throws -> Result
  ) throws -> Result {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard succeeds(["mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder.path])
    else { throw MountFailed() }
    defer { _ = succeeds(["umount", "--lazy", folder.path]) }
    return try body()
  }

  struct MountFailed: Error {}

  private static func succeeds(_ words: [String]) -> Bool {
    (try? ChildProcess(words, timeout: 30).capture().exit.isSuccess) ?? false
  }
}
