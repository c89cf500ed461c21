package import Foundation

/// One series on one machine class with every session that measured it, in the order of a
/// `CommitLine`.
package struct MeasuredSeries: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  /// The benchmark's version: another version measures something else, and is another history.
  package let version: Int
  package let machine: MachineClass
  package let source: SourceLocation?
  /// The sessions in the order of the line's commits. Of one commit, those of the clean tree come
  /// before those with uncommitted changes, each sorted by start.
  package let sessions: [MeasuredSession]

  package init(
    key: SeriesKey, metric: Metric, version: Int = 1, machine: MachineClass,
    source: SourceLocation? = nil, sessions: [MeasuredSession]
  ) {
    self.key = key
    self.metric = metric
    self.version = version
    self.machine = machine
    self.source = source
    self.sessions = sessions
  }
}

/// The measurements of one series and one build in one session.
package struct MeasuredSession: Sendable, Hashable {
  /// The commit's index in `CommitLine.commits`.
  package let commit: Int
  package let location: Location
  /// The `ProcessStatistic` values, one a process and at least one, in the metric's unit.
  package let values: [Double]

  package init(commit: Int, location: Location, values: [Double]) {
    self.commit = commit
    self.location = location
    self.values = values
  }

  /// The session itself, shared by all series that it measured.
  package struct Location: Sendable, Hashable {
    package let session: UUID
    package let run: UUID
    package let started: Date
    /// SHA-256 of what was uncommitted; `nil` for a clean tree.
    package let differenceHash: String?
    package let runStatus: RunStatus

    package init(
      session: UUID, run: UUID, started: Date, differenceHash: String? = nil,
      runStatus: RunStatus = .completed
    ) {
      self.session = session
      self.run = run
      self.started = started
      self.differenceHash = differenceHash
      self.runStatus = runStatus
    }

    package var isDirty: Bool { differenceHash != nil }
    /// Whether the run was stopped, or is still measuring, before its plan is done.
    package var isInterrupted: Bool { runStatus == .interrupted || runStatus == .running }
  }
}
