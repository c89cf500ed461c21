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

  /// The executables, those to be run under callgrind prepared for it. Nothing is done unless the
  /// profile asks for instructions.
  /// - Throws: `RunnerError.valgrindMissing` where it is needed; `CommandFailure` where no
  ///   executable can be counted.
  package func prepare(_ executables: [SuiteExecutable]) throws -> [SuiteExecutable] {
    guard profile.instructionProcesses > 0 else { return executables }
    let ways = try executables.map {
      try InstructionCounting(of: $0, interruption: interruption)
    }
    try refuse(zip(executables, ways).compactMap { Self.obstacle($0, $1) }, of: executables.count)
    return try zip(executables, ways).map { executable, way in
      guard way == .underCallgrind else { return executable }
      var counted = executable
      counted.callgrind = try CallgrindWorker(
        executable.counting.worker, storage: workspace.storage, interruption: interruption)
      return counted
    }
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

  /// What only some can't do is said; what none can do was asked for in vain.
  private func refuse(_ obstacles: [String], of count: Int) throws {
    guard obstacles.count < count else {
      throw CommandFailure(
        obstacles.joined(separator: " ") + " Leave out --counter instructions.")
    }
    for obstacle in obstacles { workspace.console.note(obstacle) }
  }
}
