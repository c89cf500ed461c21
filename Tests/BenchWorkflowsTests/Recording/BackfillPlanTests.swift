import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Which commits a backfill records")
struct BackfillPlanTests {
  /// Five commits on the main branch, the first of them before the range.
  private func withCommits(
    _ body: (MeasuredProject, [Commit], ResultsStore) throws -> Void
  ) throws {
    try MeasuredProject.with { project in
      let commits = try (0..<5).map { number in
        try project.write("\(number)", to: "file")
        return try project.commit("Change \(number)")
      }
      try withTemporaryDirectory { folder in
        let store = try ResultsStore.fresh(in: folder)
        defer { try? store.close() }
        try body(project, commits, store)
      }
    }
  }

  private func plan(
    _ project: MeasuredProject, _ store: ResultsStore, range: String = "main~4..main",
    steps: Int? = nil, selection: Selection = Selection()
  ) throws -> BackfillPlan {
    try BackfillPlan(
      range, steps: steps, profile: MeasuredExample.profile, selection: selection,
      repository: project.repository(), store: store, machine: MeasuredExample.here)
  }

  private func record(
    _ commit: Commit, in store: ResultsStore, purpose: RunPurpose = .record,
    status: RunStatus = .completed, selection: Selection = Selection(),
    on machine: MachineClass = MeasuredExample.here
  ) throws -> Run {
    let run = MeasuredExample.run(commit, purpose: purpose, selection: selection)
    let build = MeasuredExample.executable(of: commit).build
    try store.store(run, status: status, on: machine) {
      try store.save(MeasuredExample.process(in: $0, build: build, value: 100))
    }
    return run
  }

  @Test("without results everything after the first commit is missing, newest first")
  func everything() throws {
    try withCommits { project, commits, store in
      let plan = try plan(project, store)
      #expect(plan.commits.map(\.subject) == ["Change 4", "Change 3", "Change 2", "Change 1"])
      #expect(plan.missing == plan.commits)
      #expect(plan.interrupted.isEmpty)
      #expect(plan.announcement == "4 commits: 0 recorded before, 4 to record, newest first.")
      #expect(commits.count == 5)
    }
  }

  @Test("so many steps are spread evenly, with both ends")
  func steps() throws {
    try withCommits { project, _, store in
      let plan = try plan(project, store, steps: 2)
      #expect(plan.commits.map(\.subject) == ["Change 4", "Change 1"])
    }
  }

  @Test("a recorded commit is not missing")
  func recorded() throws {
    try withCommits { project, commits, store in
      _ = try record(commits[3], in: store)
      _ = try record(commits[1], in: store, purpose: .backfill, status: .failed)
      let plan = try plan(project, store)
      #expect(plan.missing == [commits[4], commits[2]])
      #expect(plan.announcement == "4 commits: 2 recorded before, 2 to record, newest first.")
    }
  }

  @Test("what was measured for something else, elsewhere or in part does not count")
  func notRecorded() throws {
    try withCommits { project, commits, store in
      let elsewhere = MachineClass(
        architecture: "none", cpuModel: "Model T", cores: 1, memoryBucketGiB: 1, system: "Linux 6")
      _ = try record(commits[4], in: store, purpose: .confirm)
      _ = try record(commits[3], in: store, on: elsewhere)
      _ = try record(commits[2], in: store, selection: Selection(filter: "one"))
      #expect(try plan(project, store).missing.count == 4)
      let sameSelection = try plan(project, store, selection: Selection(filter: "one"))
      #expect(!sameSelection.missing.contains(commits[2]))
    }
  }

  @Test("an interrupted backfill is resumed, and no other run")
  func interrupted() throws {
    try withCommits { project, commits, store in
      let run = try record(commits[4], in: store, purpose: .backfill, status: .interrupted)
      _ = try record(commits[3], in: store, purpose: .record, status: .interrupted)
      _ = try record(
        commits[2], in: store, purpose: .backfill, status: .interrupted,
        selection: Selection(filter: "one"))
      let plan = try plan(project, store)
      #expect(plan.missing.count == 4)
      #expect(plan.interrupted.mapValues(\.id) == [commits[4].hash: run.id])
    }
  }

  @Test("what is no range, or has no commit, is refused")
  func noRange() throws {
    try withCommits { project, _, store in
      let none = #expect(throws: CommandFailure.self) {
        try plan(project, store, range: "main")
      }
      #expect(none?.message == "'main' is no range; write A..B, such as v1.2..HEAD.")
      let empty = #expect(throws: CommandFailure.self) {
        try plan(project, store, range: "main..main~1")
      }
      #expect(empty?.message.hasPrefix("'main..main~1' is empty: ") == true)
    }
  }

  @Test("from the second commit on the time that is left is estimated")
  func announcements() throws {
    try withCommits { project, commits, store in
      let plan = try plan(project, store)
      #expect(
        plan.announcement(ofMissing: 0, elapsedSeconds: 0)
          == "1 of 4: \(commits[4].shortHash), Change 4")
      #expect(
        plan.announcement(ofMissing: 1, elapsedSeconds: 20)
          == "2 of 4, about 1 min left: \(commits[3].shortHash), Change 3")
    }
  }
}
