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
    try Valgrind.require(interruption)
    folder = try OwnedFolder(in: storage + "/callgrind")
    let executable = original.command[0]
    let copy = try Valgrind.copy(of: executable, into: folder.path, interruption)
    let counts = folder.path + "/counts"
    let added = [
      WorkerProtocol.countsVariable: counts, "SWIFT_DETERMINISTIC_HASHING": "1",
    ]
    worker = WorkerProcess(
      command: [
        "valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no",
        "--callgrind-out-file=" + Valgrind.path(counts), copy,
      ] + original.command.dropFirst(),
      environment: original.environment.merging(added) { $1 },
      workingDirectory: original.workingDirectory, hasFixedAddresses: true)
  }
}
