import Foundation

/// The program valgrind, and what its workers need.
enum Valgrind {
  /// Throws `RunnerError.valgrindMissing` where it is not installed.
  static func require(_ interruption: Interruption?) throws {
    do {
      let answer = try ChildProcess(["valgrind", "--version"], timeout: 60)
        .capture(interruption: interruption)
      if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
      guard answer.exit.isSuccess else { throw RunnerError.valgrindMissing }
    } catch RunnerError.executableNotFound, RunnerError.notExecutable {
      throw RunnerError.valgrindMissing
    }
  }

  /// Copies an executable without its debug information, and links to whatever lies beside it.
  /// - Returns: the path of the copy; without a tool that strips, one with its debug information.
  static func copy(
    of executable: String, into folder: String, _ interruption: Interruption?
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

  /// A path as an option of valgrind names it, in which a per cent sign stands for a variable.
  static func path(_ path: String) -> String { path.replacing("%", with: "%%") }
}
