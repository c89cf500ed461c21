package import BenchModel
import BenchOutput
package import BenchRunner
import TextCoding

/// Prepares executables for `--counter instructions`.
package struct InstructionCounters {
  private let profile: Profile
  private let workspace: Workspace
  private let interruption: Interruption

  package init(profile: Profile, in workspace: Workspace, interruption: Interruption) {
    self.profile = profile
    self.workspace = workspace
    self.interruption = interruption
  }

  /// Prepares those executables for callgrind that have to run under it, and returns all of them.
  /// Nothing is done unless the profile asks for instructions.
  /// - Throws: `RunnerError.valgrindMissing` where it is needed; `CommandFailure` where no
  ///   executable can be counted.
  package func prepare(_ executables: [SuiteExecutable]) throws -> [SuiteExecutable] {
    guard profile.instructionProcesses > 0 else { return executables }
    let ways = try executables.map {
      try InstructionCounting(of: $0, interruption: interruption)
    }
    for note in try Self.notes(on: Array(zip(executables, ways))) { workspace.console.note(note) }
    return try zip(executables, ways).map { executable, way in
      guard way == .underCallgrind else { return executable }
      var counted = executable
      counted.callgrind = try CallgrindWorker(
        executable.counting.worker, storage: workspace.storage, interruption: interruption)
      return counted
    }
  }

  /// A sentence for each executable whose instructions are not counted.
  /// - Throws: `CommandFailure` with the same sentences where that is every executable, since
  ///   counting was asked for in vain.
  package static func notes(
    on ways: [(executable: SuiteExecutable, way: InstructionCounting)]
  ) throws -> [String] {
    let obstacles = ways.compactMap { obstacle($0.executable, $0.way) }
    guard obstacles.count < ways.count else {
      throw CommandFailure(
        obstacles.joined(separator: " ") + " Leave out --counter instructions.")
    }
    return obstacles
  }

  /// Why the instructions of an executable are not counted; `nil` where they are.
  private static func obstacle(
    _ executable: SuiteExecutable, _ way: InstructionCounting
  ) -> String? {
    guard case .impossible(let reason) = way else { return nil }
    let name = executable.worker.command.first?.split(separator: "/").last.map(String.init) ?? ""
    return
      "The instructions of \(Printable.text(name)) can't be counted: \(Printable.text(reason))."
  }
}
