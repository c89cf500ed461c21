import BenchModel
import Foundation

/// A worker that runs under callgrind, a tool of valgrind which simulates the processor and counts
/// every instruction.
///
/// The counts are those of the body only, and repeat to the instruction: the worker switches
/// counting on and off, hash seeds and addresses are the same in every process. It takes some 75
/// times as long.
package struct CallgrindWorker: Sendable {
  package let worker: WorkerProcess
  /// Lives as long as somebody may start the worker.
  private let folder: OwnedFolder

  /// Prepares a worker to run under callgrind, below `storage`.
  ///
  /// What runs is a copy without debug information: valgrind up to 3.19 gives up on that of newer
  /// compilers (DWARF 5), and it is not needed. Whatever lies beside the executable is beside the
  /// copy, too.
  ///
  /// Throws `RunnerError.valgrindMissing`, and `.unwritable` where the copy can't be made.
  package init(
    _ original: WorkerProcess, storage: String, interruption: Interruption? = nil
  ) throws {
    try Self.findValgrind(interruption)
    folder = try OwnedFolder(in: storage + "/callgrind")
    let executable = original.command[0]
    let copy = try Self.strip(executable, into: folder.path, interruption)
    let counts = folder.path + "/counts"
    let added = [
      WorkerProtocol.countsVariable: counts, "SWIFT_DETERMINISTIC_HASHING": "1",
    ]
    worker = WorkerProcess(
      command: [
        "valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no",
        // A per cent sign stands for a variable there.
        "--callgrind-out-file=" + counts.replacing("%", with: "%%"), copy,
      ] + original.command.dropFirst(),
      environment: original.environment.merging(added) { $1 },
      workingDirectory: original.workingDirectory, hasFixedAddresses: true)
  }

  private static func findValgrind(_ interruption: Interruption?) throws {
    do {
      let answer = try ChildProcess(["valgrind", "--version"], timeout: 60)
        .capture(interruption: interruption)
      if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
      guard answer.exit.isSuccess else { throw RunnerError.valgrindMissing }
    } catch RunnerError.executableNotFound, RunnerError.notExecutable {
      throw RunnerError.valgrindMissing
    }
  }

  /// - Returns: the path of the copy; without a tool that strips, one with its debug information.
  private static func strip(
    _ executable: String, into folder: String, _ interruption: Interruption?
  ) throws -> String {
    let source = URL(filePath: executable).standardizedFileURL
    let copy = folder + "/" + source.lastPathComponent
    do {
      let beside = source.deletingLastPathComponent()
      for name in try FileManager.default.contentsOfDirectory(atPath: beside.path)
      where name != source.lastPathComponent {
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/" + name, withDestinationPath: beside.appending(path: name).path)
      }
      for tool in ["strip", "llvm-strip"] {
        if try run([tool, "-g", "-o", copy, source.path], interruption) { return copy }
      }
      try FileManager.default.copyItem(atPath: source.path, toPath: copy)
    } catch let error as CocoaError {
      throw RunnerError.unwritable(copy, reason: error.localizedDescription)
    }
    return copy
  }

  private static func run(_ command: [String], _ interruption: Interruption?) throws -> Bool {
    do {
      let answer = try ChildProcess(command, timeout: 120).capture(interruption: interruption)
      if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
      return answer.exit.isSuccess
    } catch RunnerError.executableNotFound { return false }
  }
}

/// A folder that is removed with its last owner. One that a killed process left is removed by the
/// next that is made, a day later.
private final class OwnedFolder: Sendable {
  let path: String

  init(in parent: String) throws {
    try createFolder(parent)
    Self.removeAbandoned(in: parent)
    path = "\(parent)/\(UUID().uuidString)"
    try createFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func removeAbandoned(in parent: String) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: parent)) ?? [] {
      let path = "\(parent)/\(name)"
      let made = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
      if let made, made.timeIntervalSinceNow < -24 * 3_600 { try? files.removeItem(atPath: path) }
    }
  }
}
