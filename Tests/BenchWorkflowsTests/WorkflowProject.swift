import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Synchronization
import Testing

/// Dates of commits, in seconds since 1970, each a minute after the one before.
private final class CommitDates: Sendable {
  private let last = Mutex(1_767_225_600)

  func next() -> Int {
    last.withLock { seconds in
      seconds += 60
      return seconds
    }
  }
}

/// A git repository in a temporary folder whose results a test stores itself, so that what commands
/// do can be tested without building or measuring anything.
struct WorkflowProject {
  let root: URL
  /// What was answered and noted in this project so far.
  let said = CapturedStreams()
  private let dates = CommitDates()

  init(in folder: URL) throws {
    root = folder.appending(path: "project", directoryHint: .isDirectory)
      .resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try git("init", "--quiet", "--initial-branch=main")
  }

  // MARK: The repository

  func write(_ text: String, to name: String) throws {
    let file = root.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func text(of name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  func path(_ name: String) -> String {
    root.appending(path: name, directoryHint: .notDirectory).path
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    // Every commit is a minute younger than the one before, however fast the machine is.
    let date = "\(dates.next()) +0000"
    let environment = Self.gitEnvironment.merging(
      ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date]) { $1 }
    let child = try ChildProcess(
      ["git", "-C", root.path] + arguments, environment: environment, timeout: 60
    ).capture()
    try #require(child.exit.isSuccess, "\(child.standardError)")
    return child.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Commits whatever there is, and makes a commit of nothing where there is nothing.
  @discardableResult
  func commit(_ subject: String) throws -> Commit {
    try git("add", "--all", ":!.benchdb")
    try git("commit", "--quiet", "--allow-empty", "--message", subject)
    return try workspace().repository().head()
  }

  private static let gitEnvironment: [String: String] = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
  ]

  // MARK: Commands

  func workspace(
    database: String? = nil, color: String? = nil, environment: [String: String] = [:]
  ) throws -> Workspace {
    try Workspace(
      database: database, color: color, directory: root.path, environment: environment,
      streams: said.streams)
  }

  // MARK: Results

  /// Opens the database, and makes it where it is missing.
  func withStore<Result>(
    _ name: String? = nil, _ body: (ResultsStore) throws -> Result
  ) throws -> Result {
    let store = try workspace(database: name).openForWriting()
    defer { try? store.close() }
    return try body(store)
  }

  /// Stores a run of one benchmark with two gate metrics: `wall`, which varies, and `allocations`,
  /// which is judged exactly.
  @discardableResult
  func record(
    _ revision: Revision, allocations: Double = 1000, wall: Double = 30e6, binary: String? = nil,
    purpose: RunPurpose = .record, status: RunStatus = .completed, processes: Int = 3,
    machine: MachineClass = MachineProbe().machineClass(),
    benchmark: BenchmarkDeclaration = grouped,
    started: Date = StoredExample.start, fails: Bool = false, noise: Double = 0.001,
    in database: String? = nil
  ) throws -> Run {
    let run = Run(
      revision: revision, purpose: purpose, profile: .smoke, seed: 7, started: started,
      toolVersion: "0.1.0", plannedProcesses: processes, recorder: StoredExample.recorder)
    let session = Session(run: run.id, machine: machine, state: MachineState(), started: started)
    let build = Build(
      revision: revision, toolchain: "Swift 6.3.1",
      binaryHash: binary ?? "binary of \(revision.title)")
    try withStore(database) { store in
      try store.begin(run)
      try store.begin(session)
      for order in 0..<processes {
        let noise = 1 + noise * Double(order)
        try store.save(
          StoredExample.process(
            in: session, build: build, benchmark: benchmark, order: order,
            outcome: fails ? .crashed(description: "killed by signal 11") : .completed,
            measurements: [
              StoredExample.measurement(Self.wall, [wall * noise, wall * noise, wall * noise]),
              StoredExample.measurement(Self.allocations, [allocations], iterations: [1]),
            ]))
      }
      try store.finish(run: run.id, status: status)
    }
    return run
  }

  @discardableResult
  func record(
    _ commit: Commit, allocations: Double = 1000, wall: Double = 30e6, noise: Double = 0.001,
    started: Date = StoredExample.start
  ) throws -> Run {
    try record(
      Revision(commit: commit), allocations: allocations, wall: wall, started: started,
      noise: noise)
  }

  static let wall = Metric.wall.gated(true)
  static let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))
  static let grouped = BenchmarkDeclaration(
    key: BenchmarkKey(id: "throughput/grouped", parameters: ["records": "1000"]), version: 1,
    metrics: [wall, allocations, .cpu], source: nil)
}

/// Makes a project and removes it afterwards.
func withWorkflowProject(_ body: (WorkflowProject) throws -> Void) throws {
  try withTemporaryDirectory { try body(WorkflowProject(in: $0)) }
}

/// Expects a `CommandFailure` whose message contains a text.
func expectFailure(
  _ expected: String, status: BenchOutput.ExitStatus = .usage,
  sourceLocation: Testing.SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  let error = #expect(throws: (any Error).self, sourceLocation: sourceLocation) { try body() }
  guard let error, let failure = CommandFailure(error) else {
    if let error { Issue.record("\(error)", sourceLocation: sourceLocation) }
    return
  }
  #expect(
    failure.message.contains(expected), "\(failure.message)", sourceLocation: sourceLocation)
  #expect(failure.status == status, "\(failure.message)", sourceLocation: sourceLocation)
}
