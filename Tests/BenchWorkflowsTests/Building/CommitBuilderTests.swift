import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Building one commit after the other")
struct CommitBuilderTests {
  /// A project of three commits: one that can be measured, one whose configuration can't be read,
  /// one whose executable is missing.
  private func withProject(
    _ body: (MeasuredProject, [Commit], ResultsStore) throws -> Void
  ) throws {
    try MeasuredProject.with { project in
      try project.write("[[executable]]\npath = \"worker.sh\"\n", to: "benchdb.toml")
      try project.write(ScriptedWorker.script, to: "worker.sh")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.root.path + "/worker.sh")
      var commits = [try project.commit("Good")]
      try project.write("[[executable]\n", to: "benchdb.toml")
      commits.append(try project.commit("Unreadable"))
      try project.write("[[executable]]\npath = \"missing\"\n", to: "benchdb.toml")
      commits.append(try project.commit("Missing"))
      let store = try project.workspace().openForWriting()
      defer { try? store.close() }
      try body(project, commits, store)
    }
  }

  private func builder(
    _ project: MeasuredProject, _ store: ResultsStore, retriesFailed: Bool = false
  ) throws -> CommitBuilder {
    try CommitBuilder(
      purpose: .backfill, profile: .smoke, retriesFailed: retriesFailed, in: project.workspace(),
      store: store, interruption: Interruption())
  }

  private func reason(_ outcome: BuildOutcome) -> String? {
    if case .unbuildable(let reason) = outcome { reason } else { nil }
  }

  @Test("a commit that can be measured runs in a copy of its own files")
  func built() throws {
    try withProject { project, commits, store in
      let outcome = try builder(project, store).build(commits[0])
      guard case .built(let built) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(built.commit == commits[0])
      let key = BenchmarkKey(id: "suite/one")
      #expect(built.declaration(of: key)?.metrics.map(\.name) == ["wall"])
      #expect(built.executable(of: key)?.build == built.builds.first)
      #expect(
        built.executable(of: key)?.worker.workingDirectory
          == project.root.path + "/.benchdb/copies/" + commits[0].tree)
      #expect(built.executable(of: BenchmarkKey(id: "suite/two")) == nil)
      #expect(built.declaration(of: BenchmarkKey(id: "suite/two")) == nil)
      #expect(try store.runs().isEmpty)
    }
  }

  @Test("a commit at fault is noted with why, and not tried again unless that is asked for")
  func unbuildable() throws {
    try withProject { project, commits, store in
      for commit in commits[1...] {
        let first = try reason(builder(project, store).build(commit))
        #expect(first?.isEmpty == false)
        let again = try reason(builder(project, store).build(commit))
        #expect(again?.hasPrefix("did not build on ") == true)
        #expect(again?.hasSuffix("; --retry-failed tries it again") == true)
        let retried = try reason(builder(project, store, retriesFailed: true).build(commit))
        #expect(retried == first)
      }
      let runs = try store.runs()
      #expect(runs.count == 4)
      #expect(runs.allSatisfy { $0.status == .failed && $0.run.plannedProcesses == 0 })
      #expect(
        try Set(store.unbuildableCommits(on: MeasuredExample.here).keys)
          == Set(commits[1...].map(\.hash)))
    }
  }

  @Test("a commit that must be built is refused by its name where it does not build")
  func required() throws {
    try withProject { project, commits, store in
      let builder = try builder(project, store)
      #expect(try builder.require(commits[0], named: "GOOD").commit == commits[0])
      let failure = #expect(throws: CommandFailure.self) {
        try builder.require(commits[1], named: "BAD")
      }
      #expect(failure?.status == .failure)
      #expect(
        failure?.message.hasPrefix("\(commits[1].shortHash) (BAD) can't be measured: ") == true)
    }
  }

  @Test("where neither the commit nor the checkout says what to measure, no commit is at fault")
  func nothingToMeasure() throws {
    try MeasuredProject.with { project in
      let commit = try project.commit("Empty")
      let store = try project.workspace().openForWriting()
      defer { try? store.close() }
      #expect(throws: CommandFailure.self) { try builder(project, store).build(commit) }
      #expect(try store.runs().isEmpty)
    }
  }

  // MARK: Whose fault it is

  private static let failedBuild = RunnerError.buildFailed(
    command: ["swift", "build"], status: "ended with status 1",
    lastLines: "Compiling\nFile.swift:3: error: no such thing\nfatal", log: "log")

  @Test("a commit is at fault where it does not build or does not list, and nowhere else")
  func fault() {
    let ofCommit: [RunnerError] = [
      Self.failedBuild, .productMissing(path: "worker", command: []),
      .listFailed(executable: "worker", reason: "silent", standardError: ""),
      .duplicateBenchmark("suite/one"),
    ]
    for error in ofCommit { #expect(error.isFaultOfCommit, "\(error)") }
    let ofOthers: [RunnerError] = [
      .interrupted, .gitNotInstalled, .valgrindMissing, .unwritable("file", reason: "full"),
    ]
    for error in ofOthers { #expect(!error.isFaultOfCommit, "\(error)") }
  }

  @Test("the reason of a failed build is the first line that speaks of an error")
  func shortReason() {
    #expect(
      Self.failedBuild.shortReason
        == "`swift build` ended with status 1: File.swift:3: error: no such thing")
    let silent = RunnerError.buildFailed(
      command: ["make"], status: "ended with status 2", lastLines: "one\ntwo", log: "log")
    #expect(silent.shortReason == "`make` ended with status 2: two")
    let empty = RunnerError.buildFailed(
      command: ["make"], status: "ended with status 2", lastLines: "", log: "log")
    #expect(empty.shortReason == "`make` ended with status 2")
    #expect(!RunnerError.productMissing(path: "a", command: []).shortReason.contains("\n"))
  }
}
