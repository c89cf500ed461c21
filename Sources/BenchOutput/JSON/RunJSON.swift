package import BenchModel

/// `benchdb list` for programs: `schemaVersion` 1, `kind` "runs", `runs` in the order given.
///
/// A run has `id`, `commit`, `isDirty`, `subject`, `purpose`, `profile`, `status`, `started` (ISO
/// 8601, universal time), `processes` (`planned`, `completed`, `failed`), `benchmarks` and, once a
/// session began, `machine`.
package enum RunListJSON {
  package static func text(_ runs: [RunSummary]) -> String {
    JSONDocument.text("runs", Document(runs: runs.map(RunJSON.init)))
  }

  private struct Document: Encodable {
    let runs: [RunJSON]
  }
}

/// `benchdb show RUN` for programs: `schemaVersion` 1, `kind` "run", `run` as in a list, `series`
/// and `failures`.
package enum RunDetailJSON {
  package static func text(_ run: RunDetail) -> String {
    JSONDocument.text(
      "run",
      Document(
        run: RunJSON(run.summary), series: run.series.map(SeriesEntryJSON.init),
        failures: run.failures.map(FailureJSON.init)))
  }

  private struct Document: Encodable {
    let run: RunJSON
    let series: [SeriesEntryJSON]
    let failures: [FailureJSON]
  }
}

struct RunJSON: Encodable {
  let id, commit, subject, purpose, profile, status, started: String
  let isDirty: Bool
  let processes: Processes
  let benchmarks: Int
  let machine: MachineClassJSON?
  /// Missing where it measured nothing else.
  let otherCommits: [String]?

  struct Processes: Encodable {
    let planned, completed, failed: Int
  }

  init(_ run: RunSummary) {
    id = run.id.text
    commit = run.revision.commit.hash
    isDirty = run.revision.isDirty
    subject = run.revision.commit.subject
    purpose = run.purpose.rawValue
    profile = run.profile
    status = run.status.rawValue
    started = Timestamp.machine(run.started)
    processes = Processes(
      planned: run.processes.planned, completed: run.processes.completed,
      failed: run.processes.failed)
    benchmarks = run.benchmarks
    machine = run.machine.map(MachineClassJSON.init)
    otherCommits = run.others.isEmpty ? nil : run.others.map(\.commit.hash)
  }
}

struct FailureJSON: Encodable {
  let benchmark: String
  let parameters: [String: String]
  let order: Int
  let reason: String
  let standardError: String

  init(_ failure: ProcessFailure) {
    benchmark = failure.benchmark.id
    parameters = failure.benchmark.parameters
    order = failure.order
    reason = FailureText.text(failure.outcome)
    standardError = failure.standardError
  }
}
