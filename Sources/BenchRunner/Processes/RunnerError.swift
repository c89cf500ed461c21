import Foundation

/// An error between a plan and its process records. `RunnerError+Text.swift` has the texts.
package enum RunnerError: Error, Hashable {
  // Errors of starting a program.
  case emptyCommand
  case argumentContainsNUL(String)
  case directoryNotFound(String)
  case executableNotFound(String)
  case interpreterNotFound(String)
  case notExecutable(String)
  case spawnFailed(String, reason: String)
  case inputTooLong(bytes: Int)
  case system(_ action: String, code: Int32)
  case interrupted
  case valgrindMissing

  // Errors of asking a worker for its benchmarks.
  case listFailed(executable: String, reason: String, standardError: String)
  case duplicateBenchmark(String)

  // Errors of planning.
  case unknownSuite(String, suggestions: [String])
  case invalidFilter(String, reason: String)
  case nothingSelected(Exclusions)
  case unknownBenchmark(String)

  // Errors of git.
  case gitNotInstalled
  case notARepository(String)
  case bareRepository(String)
  case unusableRoot(String)
  case noCommits(String)
  case dubiousOwnership(String, advice: String)
  case invalidRevision(String, reason: String)
  case unknownRevision(String, suggestions: [String], isShallow: Bool)
  case gitFailed(arguments: [String], status: String, output: String)

  // Errors of building.
  case buildFailed(command: [String], status: String, lastLines: String, log: String)
  case productMissing(path: String, command: [String])
  case executableChanged(String)
  case unreadable(String, reason: String)
  case unwritable(String, reason: String)
}

extension RunnerError {
  /// Whether the sources do not build, or not into an executable that measures.
  package var isOfBuild: Bool {
    switch self {
    case .buildFailed, .productMissing, .listFailed: true
    default: false
    }
  }
}
