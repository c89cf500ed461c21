package import Foundation

/// Why a run was made.
package enum RunPurpose: String, Sendable, Hashable, Codable, CaseIterable {
  case record, confirm, calibrate, `import`
  /// A probe of a bisection, measured side by side with GOOD.
  case bisect
  /// An older commit, recorded after newer ones.
  case backfill

  /// Whether the run measured what was current then, rather than an older commit.
  package var isCurrent: Bool { self != .bisect && self != .backfill }
}

/// The status of a run.
package enum RunStatus: String, Sendable, Hashable, Codable, CaseIterable {
  /// Still measuring; a run whose recorder is gone is read as `interrupted`.
  case running
  case completed
  /// Stopped before its plan was done; `record --resume` continues it.
  case interrupted
  /// Completed, but at least one benchmark failed.
  case failed
}

/// One execution of `benchdb record` or of another command that measures.
package struct Run: Sendable, Hashable, Codable {
  package let id: UUID
  /// The revision that the user asked to measure.
  package let revision: Revision
  package let purpose: RunPurpose
  package let profile: Profile
  /// The seed of the order of processes; the same seed and plan give the same order.
  package let seed: UInt64
  package let started: Date
  package let toolVersion: String
  /// The number of processes of the whole plan, which shows how many an interrupted run lacks.
  package let plannedProcesses: Int
  /// The given `--suite` and `--filter`, for `--resume`.
  package let selection: Selection
  /// The process that measures; when it is gone, a `running` run is an interrupted one.
  package let recorder: Recorder

  package init(
    id: UUID = UUID(), revision: Revision, purpose: RunPurpose, profile: Profile, seed: UInt64,
    started: Date, toolVersion: String, plannedProcesses: Int, selection: Selection = Selection(),
    recorder: Recorder
  ) {
    self.id = id
    self.revision = revision
    self.purpose = purpose
    self.profile = profile
    self.seed = seed
    self.started = started
    self.toolVersion = toolVersion
    self.plannedProcesses = plannedProcesses
    self.selection = selection
    self.recorder = recorder
  }
}

/// Identifies a process across reboots: a reused process number has another start time or boot.
package struct Recorder: Sendable, Hashable, Codable {
  package let hostName: String
  package let bootIdentifier: String
  package let processIdentifier: Int
  /// The clock ticks from boot to the start of the process.
  package let startTicks: Int

  package init(
    hostName: String, bootIdentifier: String, processIdentifier: Int, startTicks: Int
  ) {
    self.hostName = hostName
    self.bootIdentifier = bootIdentifier
    self.processIdentifier = processIdentifier
    self.startTicks = startTicks
  }
}

/// The benchmarks that were asked for.
package struct Selection: Sendable, Hashable, Codable {
  /// Names of suites; empty means all.
  package let suites: [String]
  /// A regular expression over the benchmark's description; `nil` means all.
  package let filter: String?

  package init(suites: [String] = [], filter: String? = nil) {
    self.suites = suites
    self.filter = filter
  }
}

/// One session on one machine. A resumed run has several; a paired session holds processes of two
/// commits.
package struct Session: Sendable, Hashable, Codable {
  package let id: UUID
  package let run: UUID
  package let machine: MachineClass
  package let state: MachineState
  package let started: Date

  package init(
    id: UUID = UUID(), run: UUID, machine: MachineClass, state: MachineState, started: Date
  ) {
    self.id = id
    self.run = run
    self.machine = machine
    self.state = state
    self.started = started
  }
}
