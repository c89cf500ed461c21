package import Foundation

/// Why a run was made.
package enum RunPurpose: String, Sendable, Hashable, Codable, CaseIterable {
  case record, confirm, calibrate, `import`
  /// A commit in the middle, measured side by side with GOOD.
  case bisect
  /// An older commit, recorded after newer ones.
  case backfill

  /// Whether it says how things stood when it was made; what looks back into history does not.
  package var isCurrent: Bool { self != .bisect && self != .backfill }
}

/// How a run stands.
package enum RunStatus: String, Sendable, Hashable, Codable, CaseIterable {
  /// Still measuring; a run whose recorder is gone is read as `interrupted`.
  case running
  case completed
  /// Stopped before its plan was done; `record --resume` goes on.
  case interrupted
  /// Completed, but at least one benchmark failed.
  case failed
}

/// One execution of `benchdb record` (or of another command that measures), and what it was asked
/// to do.
package struct Run: Sendable, Hashable, Codable {
  package let id: UUID
  /// What the user asked to measure.
  package let revision: Revision
  package let purpose: RunPurpose
  package let profile: Profile
  /// Orders the processes; the same seed and plan give the same order.
  package let seed: UInt64
  package let started: Date
  package let toolVersion: String
  /// How many processes the whole plan has, so that an interrupted run knows what is missing.
  package let plannedProcesses: Int
  /// `--suite` and `--filter` as given, for `--resume`.
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

/// Names a process for as long as the machine is up, and beyond: a reused process number has
/// another start time or boot.
package struct Recorder: Sendable, Hashable, Codable {
  package let hostName: String
  package let bootIdentifier: String
  package let processIdentifier: Int
  /// Clock ticks from boot to the start of the process.
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

/// Which benchmarks were asked for.
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
