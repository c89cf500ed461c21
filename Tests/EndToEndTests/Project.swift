import BenchRunner
import Foundation
import Testing

/// A user's project in a temporary directory: a git repository, a `benchdb.toml` and a worker in twenty lines of shell whose benchmarks
/// take as long as the project's own files say. What benchdb answers is then the same on every machine.
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
    try write("cp worker.sh built-worker\nchmod +x built-worker\n", to: "build.sh")
    try write("built-worker\n.benchdb/\n", to: ".gitignore")
    try setCost(of: "grouped", to: 30_000_000)
    try setCost(of: "simple", to: 8_000_000)
    try commit("Measure two benchmarks")
  }

  /// Nanoseconds that a benchmark 'takes' from now on.
  func setCost(of benchmark: String, to nanoseconds: Int) throws {
    let line = "cost_\(benchmark)=\(nanoseconds)"
    var worker = try String(contentsOf: root.appending(path: "worker.sh"), encoding: .utf8)
    worker.replace(try Regex("cost_\(benchmark)=[0-9]*"), with: line)
    try write(worker, to: "worker.sh")
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: root.appending(path: name))
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
    _ arguments: String..., in directory: URL? = nil, environment: [String: String] = [:],
    timeout: Double = 120
  ) throws -> Answer {
    try Answer(
      ChildProcess(
        [Executable.benchdb.path] + arguments,
        environment: Self.environment.merging(environment) { $1 },
        workingDirectory: (directory ?? root).path, timeout: timeout
      ).capture(tailBytes: 64 << 10))
  }

  var database: URL { root.appending(path: ".benchdb/results.sqlite") }

  /// The environment of this process without whatever would change an answer.
  static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
    !name.hasPrefix("BENCHDB_") && !name.hasPrefix("GIT_") && name != "CI" && name != "NO_COLOR"
      && name != "CLICOLOR_FORCE" && !name.hasPrefix("GITHUB_")
  }
}

/// What benchdb said.
struct Answer {
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
}

/// The executables that the tests drive, which the build puts beside the tests.
enum Executable {
  static let benchdb = directory.appending(path: "benchdb")
  static let fixtureWorker = directory.appending(path: "FixtureWorker")

  private static let directory: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()
}

extension Project {
  static let configuration = """
    project = "demo"

    [[executable]]
    build = ["sh", "build.sh"]
    path = "built-worker"
    timeout = "20s"

    """

  /// Speaks the worker protocol. The costs are constants of the source; every process adds noise of ±0.3 %.
  static let worker = #"""
    #!/bin/sh
    cost_grouped=30000000
    cost_simple=8000000
    say() { printf '%s\n' "$1" >&3; }
    read -r request
    case $request in
    *'"request":"list"'*)
      for name in grouped simple; do
        say '{"message":"benchmark","key":{"id":"throughput/'$name'"},"source":{"file":"worker.sh","line":2},"metrics":[{"name":"cpu","unit":"ns","gate":true},{"name":"allocations","unit":"count"}]}'
      done
      say '{"message":"end"}' ;;
    *'"pass":"counting"'*)
      say '{"message":"sample","metric":"allocations","value":12,"iterations":1,"order":0}'
      say '{"message":"done"}' ;;
    *)
      case $request in *throughput/grouped*) cost=$cost_grouped ;; *) cost=$cost_simple ;; esac
      awk -v cost=$cost -v seed=$$ 'BEGIN {
        srand(seed)
        factor = 1 + (rand() - 0.5) * 0.006
        for (order = 0; order < 6; order++)
          printf "{\"message\":\"sample\",\"metric\":\"cpu\",\"value\":%.0f,\"iterations\":1,\"order\":%d,\"warmUp\":%s}\n", cost * factor * (1 + rand() * 0.002), order, order < 1 ? "true" : "false"
      }' >&3
      say '{"message":"done"}' ;;
    esac

    """#
}
