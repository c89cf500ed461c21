package import BenchModel
internal import GRDB

extension ResultsStore {
  /// The latest interrupted run that measured these very builds side by side on this class of
  /// machines, for the same purpose and with the same selection, so that it can be resumed; `nil`
  /// where there is none. Its arms `base` and `control` have builds of `base`, its arm `head` has
  /// builds of `head`.
  package func interruptedPairedRun(
    purpose: RunPurpose, base: [Build], head: [Build], machine: MachineClass,
    selection: Selection, profile: Profile
  ) throws(StoreError) -> Run? {
    try pairedRuns(
      purpose: purpose, base: base, head: head, machine: machine, selection: selection,
      profile: profile
    ).first { $0.status == .interrupted }?.run
  }

  /// Every completed or interrupted run that measured these very builds side by side in the same
  /// way, latest first.
  package func pairedRuns(
    purpose: RunPurpose, base: [Build], head: [Build], machine: MachineClass,
    selection: Selection, profile: Profile
  ) throws(StoreError) -> [StoredRun] {
    try pairedRuns(
      purpose: purpose, base: base, head: head, machine: machine, selection: selection,
      profile: profile, statuses: [.completed, .interrupted]
    ).reversed()
  }

  /// Every completed or failed run that measured these very builds side by side in the same way,
  /// oldest first.
  package func finishedPairedRuns(
    purpose: RunPurpose, base: [Build], head: [Build], machine: MachineClass,
    selection: Selection, profile: Profile
  ) throws(StoreError) -> [Run] {
    try pairedRuns(
      purpose: purpose, base: base, head: head, machine: machine, selection: selection,
      profile: profile, statuses: [.completed, .failed]
    ).map(\.run)
  }

  /// The runs with one of `statuses` that measured these very builds, oldest first.
  private func pairedRuns(
    purpose: RunPurpose, base: [Build], head: [Build], machine: MachineClass,
    selection: Selection, profile: Profile, statuses: [RunStatus]
  ) throws(StoreError) -> [StoredRun] {
    let list = statuses.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return try read { database in
      let sql = """
        \(RunRow.select) WHERE run.purpose = ?1 AND run.status IN (\(list))
        ORDER BY run.started_ms, run.id
        """
      return try RunRow.fetch(database, sql, [.text(purpose.rawValue)]).filter { stored in
        try stored.run.selection == selection && stored.run.profile == profile
          && stored.machines == [machine] && stored.processes > 0
          && measured(stored.run, only: base, and: head, database)
      }
    }
  }

  /// Every completed run with this purpose on this class of machines, oldest first.
  package func completedRuns(
    purpose: RunPurpose, machine: MachineClass
  ) throws(StoreError) -> [Run] {
    try read { database in
      let sql = """
        \(RunRow.select) WHERE run.purpose = ?1 AND run.status = 'completed'
        ORDER BY run.started_ms, run.id
        """
      return try RunRow.fetch(database, sql, [.text(purpose.rawValue)])
        .filter { $0.machines == [machine] }.map(\.run)
    }
  }

  private func measured(
    _ run: Run, only base: [Build], and head: [Build], _ database: Database
  ) throws -> Bool {
    let sql = """
      SELECT DISTINCT build.id, process.arm, git_commit.hash, build.difference_hash,
        toolchain.name, build.binary_hash
      FROM run JOIN session ON session.run_id = run.id
      JOIN process ON process.session_id = session.id
      JOIN build ON build.id = process.build_id
      JOIN git_commit ON git_commit.id = build.commit_id
      JOIN toolchain ON toolchain.id = build.toolchain_id
      WHERE run.uuid = ?
      """
    let expected = (base: Set(base.map(Self.identity)), head: Set(head.map(Self.identity)))
    let run = SQLArgument.text(ColumnCoding.text(run.id))
    return try Query(database, sql, [run], table: "build").map { row in
      let arm = row.isNull(1) ? nil : try row.choice(1) as RoundPosition.Arm
      let build = [
        try row.text(2), try row.text(3), try row.text(4), try row.text(5),
      ]
      return switch arm {
      case .head: expected.head.contains(build)
      case .base, .control: expected.base.contains(build)
      case nil: false
      }
    }.allSatisfy(\.self)
  }

  private static func identity(_ build: Build) -> [String] {
    [
      build.revision.commit.hash, build.revision.differenceHash ?? "", build.toolchain,
      build.binaryHash,
    ]
  }
}
