import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// A user's project in a temporary directory: a git repository, a `benchdb.toml` and a worker in
/// twenty lines of shell whose benchmarks take as long as the project's own files say. What benchdb
/// answers is then the same on every machine.
struct Project {
  let root: URL

  /// Makes a project with one commit.
  init(in directory: URL) throws {
    root = directory.appending(path: "project", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try git("init", "--quiet", "--initial-branch=main")
    try git("config", "user.name", "Ada")
    try git("config", "user.email", "ada@example.org")
    try write(Self.configuration, to: "benchdb.toml")
    try write(Self.worker, to: "worker.sh")
    try write("cp worker.sh new.$$ && chmod +x new.$$ && mv new.$$ built-worker\n", to: "build.sh")
    try write("built-worker\nnew.*\n.benchdb/\n", to: ".gitignore")
    try setCost(of: "grouped", to: 30_000_000)
    try setCost(of: "simple", to: 8_000_000)
    try commit("Measure two benchmarks")
  }

  /// Nanoseconds that a benchmark 'takes' from now on.
  func setCost(of benchmark: String, to nanoseconds: Int) throws {
    let line = "cost_\(benchmark)=\(nanoseconds)"
    var worker = try text(of: "worker.sh")
    worker.replace(try Regex("cost_\(benchmark)=[0-9]*"), with: line)
    try write(worker, to: "worker.sh")
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: root.appending(path: name))
  }

  func text(of name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  func commit(_ subject: String) throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", subject)
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let child = try ChildProcess(
      ["git", "-C", root.path] + arguments, environment: Self.environment, timeout: 60
    ).capture()
    guard child.exit.isSuccess else { throw GitFailed(text: child.standardError) }
    return child.text
  }

  struct GitFailed: Error { let text: String }

  /// Runs benchdb as a user would, in the project's root or in `directory`.
  func benchdb(
    _ arguments: [String], in directory: URL? = nil, environment: [String: String] = [:]
  ) throws -> Answer {
    try Answer(
      ChildProcess(
        [Executable.benchdb.path] + arguments,
        environment: Self.environment.merging(environment) { $1 },
        workingDirectory: (directory ?? root).path, timeout: 120
      ).capture(tailBytes: 64 << 10))
  }

  func benchdb(
    _ arguments: String..., in directory: URL? = nil, environment: [String: String] = [:]
  ) throws -> Answer {
    try benchdb(arguments, in: directory, environment: environment)
  }

  /// Measures both benchmarks, in three timing processes and one counting process each.
  @discardableResult
  func record(
    _ arguments: String..., environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    let answer = try benchdb(["record"] + Self.small + arguments, environment: environment)
    #expect(answer.status == 0, "\(answer)", sourceLocation: sourceLocation)
    return answer
  }

  static let small = ["--profile", "smoke", "--processes", "3"]
  /// How many processes `record` runs.
  static let smallPlan = 8

  /// The rows of a query, each a line of comma-separated values, without the heading.
  func rows(_ query: String, in database: String? = nil) throws -> [String] {
    let path = database ?? self.database.path
    let answer = try benchdb("sql", "--format", "csv", "--db", path, query)
    try #require(answer.status == 0, "\(answer)")
    return answer.output.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  func hash(_ revision: String) throws -> String { try git("rev-parse", revision) }

  /// As benchdb shortens it.
  func shortHash(_ revision: String) throws -> String { String(try hash(revision).prefix(9)) }

  var database: URL { root.appending(path: ".benchdb/results.sqlite") }

  /// The environment of this process without whatever would change an answer. The workers' times
  /// are made up, so that no count bears them out.
  static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
    !name.hasPrefix("BENCHDB_") && !name.hasPrefix("GIT_") && name != "CI" && name != "NO_COLOR"
      && name != "CLICOLOR_FORCE" && !name.hasPrefix("GITHUB_")
      && !["GITLAB_CI", "BUILDKITE", "CIRCLECI"].contains(name)
  }.merging(["BENCHDB_ONE_LAYOUT": "trust"]) { $1 }
}

/// What benchdb said.
struct Answer: CustomStringConvertible {
  let status: Int32
  let output: String
  let errors: String

  init(_ child: CapturedChild) {
    status =
      switch child.exit.ending {
      case .exited(let status): status
      case .signalled(let number): -number
      }
    output = child.text
    errors = child.standardError
  }

  /// The reason it gives for its status.
  var reason: String { errors.split(separator: "\n").last.map(String.init) ?? "" }

  var description: String { "status \(status)\n\(output)\n\(errors)" }
}

/// Makes a project, hands it to `body` and removes it.
func withProject<Result>(_ body: (Project) throws -> Result) throws -> Result {
  try withTemporaryDirectory { try body(Project(in: $0)) }
}

/// The executables that the tests drive, which the build puts beside the tests.
enum Executable {
  static let benchdb = directory.appending(path: "benchdb")
  static let fixtureWorker = directory.appending(path: "FixtureWorker")
  static let historyGenerator = directory.appending(path: "HistoryGenerator")

  private static let directory: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()
}
