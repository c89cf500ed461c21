import Foundation

/// A finished command: its exit status and what a terminal would have shown.
struct Command {
  let status: Int32
  /// Standard output and standard error, in the order in which they were written.
  let output: String

  /// Runs a command found on `PATH`, with `environment` added to this process's own, and waits for
  /// its end.
  static func run(
    _ words: [String], in directory: URL, environment: [String: String] = [:], input: String = ""
  ) throws -> Command {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = directory
    process.environment = inherited.merging(environment) { $1 }
    let output = Pipe()
    let standardInput = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = standardInput
    try process.run()
    // Inputs here are a line or less, which a pipe takes whole.
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Command(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }

  /// This process's environment without what would change the answers: benchdb's own settings, and
  /// the repository of a git hook that may be running these tests.
  private static var inherited: [String: String] {
    ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("BENCHDB_") && !$0.key.hasPrefix("GIT_") && $0.key != "CLICOLOR_FORCE"
    }
  }

  /// The same for a command that the test needs to succeed.
  @discardableResult
  static func succeed(
    _ words: [String], in directory: URL, environment: [String: String] = [:]
  ) throws -> String {
    let result = try run(words, in: directory, environment: environment)
    guard result.status == 0 else {
      throw RepositoryError.commandFailed(
        words.joined(separator: " "), status: result.status, output: result.output)
    }
    return result.output
  }
}
