import Foundation

/// Runs `git` in one directory, independent of the user's configuration and environment.
struct GitCommand {
  let directory: String

  /// The settings with which git runs no hook, starts no monitor, quotes no name, takes no lock and
  /// asks nothing.
  private static let settings = [
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false",
    "-c", "diff.autoRefreshIndex=true", "-c", "gc.auto=0", "-c", "advice.detachedHead=false",
    "-c", "i18n.logOutputEncoding=UTF-8",
  ]

  /// The variables with which git tells a hook about the repository. benchdb may run inside a hook,
  /// and discovers the repository by itself.
  private static let localVariables: Set<String> = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF",
    "GIT_TRACE",
  ]

  private var environment: [String: String] {
    ProcessInfo.processInfo.environment
      .filter { !Self.localVariables.contains($0.key) }
      .merging(["GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"]) { $1 }
  }

  private func child(_ arguments: [String]) -> ChildProcess {
    ChildProcess(
      ["git", "--no-pager"] + Self.settings + arguments, environment: environment,
      workingDirectory: directory)
  }

  /// The result of a git command, whatever its status.
  func result(_ arguments: [String]) throws -> CapturedChild {
    do { return try child(arguments).capture() } catch RunnerError.executableNotFound {
      throw RunnerError.gitNotInstalled
    }
  }

  /// The standard output of a git command that must succeed.
  @discardableResult
  func run(_ arguments: [String]) throws -> String {
    try checked(arguments, result(arguments))
  }

  func checked(_ arguments: [String], _ result: CapturedChild) throws -> String {
    guard result.exit.isSuccess else { throw error(arguments, result) }
    return result.text
  }

  /// The error for a failed command.
  func error(_ arguments: [String], _ result: CapturedChild) -> RunnerError {
    let said = result.standardError
    if said.contains("dubious ownership") {
      let advice = said.split(separator: "\n").first { $0.contains("safe.directory") }
      return .dubiousOwnership(
        directory, advice: advice.map { $0.trimmingCharacters(in: .whitespaces) } ?? said)
    }
    if said.contains("not a git repository") { return .notARepository(directory) }
    return .gitFailed(
      arguments: arguments, status: result.exit.crash ?? "was stopped", output: said)
  }
}
