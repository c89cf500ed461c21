import BenchComparer
import BenchModel
import BenchRunner
package import BenchStore

/// `benchdb record`: build, measure in fresh processes, store every sample.
package struct RecordRequest {
  private let workspace: Workspace
  private let measuring: MeasuringChoice
  /// The revision to measure instead of what is checked out.
  private let commit: String?
  /// Whether the latest interrupted run is completed.
  private let isResuming: Bool
  private let seed: String?
  /// How many processes a benchmark, instead of the profile's.
  private let processes: String?
  private let timeLimit: String?
  private let showsAll: Bool
  /// The commit beside which HEAD is measured once more, side by side, so that `compare` can judge
  /// the two by rounds.
  private let against: String?

  package init(
    measuring: MeasuringChoice = MeasuringChoice(), commit: String? = nil, isResuming: Bool = false,
    seed: String? = nil, processes: String? = nil, timeLimit: String? = nil, showsAll: Bool = false,
    against: String? = nil, in workspace: Workspace
  ) {
    self.against = against
    self.workspace = workspace
    self.measuring = measuring
    self.commit = commit
    self.isResuming = isResuming
    self.seed = seed
    self.processes = processes
    self.timeLimit = timeLimit
    self.showsAll = showsAll
  }

  /// - Throws: `CommandFailure` with status 3 where a benchmark failed, 130 where the user
  ///   interrupted.
  package func run() throws {
    let interruption = try Interruption.whileMeasuring()
    // Where there is no commit to record for, no database is left behind either.
    _ = try workspace.repository().head()
    let store = try workspace.openForWriting()
    // What can't be measured side by side is known before anybody waits for the rest.
    let sides = try against.map {
      try PairedSides.resolve(base: $0, head: commit, in: workspace, store: store)
    }
    var order = try order(in: store)
    let limit = try workspace.settings.value(of: .recordTimeLimit, flag: timeLimit)
    try order.selection.checkFilter()
    let tree = try SourceTree(of: order.revision, in: workspace)
    let executables = try InstructionCounters(
      profile: order.profile, in: workspace, interruption: interruption
    ).prepare(tree.executables(workspace: workspace, interruption: interruption))
    if let limit, order.resumed == nil {
      order = try order.fitting(seconds: limit, executables, noting: workspace.console)
    }
    if let run = order.resumed { try refuseOtherCode(executables, run, store) }
    // A filter can take for ever to match, and notices no request meanwhile.
    let session = try interruption.endingAtOnce {
      try RecordingSession(order: order, executables: executables)
    }
    // The tree keeps others out of the worktree.
    try withExtendedLifetime(tree) {
      try session.run(
        in: store, console: workspace.console, showsAll: showsAll, interruption: interruption)
    }
    if let sides { try measureBeside(sides) }
  }

  /// Measures both commits side by side, as `compare --paired` does, and leaves judging to it.
  private func measureBeside(_ sides: PairedSides) throws {
    let paired = PairedChoice(measuring: measuring, timeLimit: timeLimit)
    let settings = workspace.settings
    let rule = try ComparisonRule(settings: settings, floor: nil, alpha: nil)
    let order = try paired.order(
      purpose: .confirm, rule: rule, judgesIdentical: false, settings: settings,
      benchFrom: paired.chosenBenchmarks(settings))
    let (base, head) = (sides.base.revision.commit.hash, sides.head.revision.commit.hash)
    _ = try PairedComparison(workspace: workspace, order: order, rule: rule)
      .run(base: base, head: head)
    workspace.console.note(
      "Stored beside \(sides.base.revision.commit.shortHash): "
        + "`benchdb compare \(sides.base.revision.commit.shortHash)` judges the rounds.")
  }

  // MARK: What is asked for

  /// - Throws: `CommandFailure` where there is nothing to resume, or an option says otherwise than
  ///   the run that is.
  package func order(in store: ResultsStore) throws -> RecordingOrder {
    try isResuming ? interruptedOrder(in: store) : newOrder()
  }

  private func newOrder() throws -> RecordingOrder {
    let settings = workspace.settings
    let revision =
      try commit.map { Revision(commit: try workspace.repository().resolve($0)) }
      ?? workspace.checkedOutRevision()
    return RecordingOrder(
      revision: revision, profile: try chosenProfile(settings),
      selection: try measuring.selection(settings),
      seed: try settings.value(of: .seed, flag: seed) ?? Run.randomSeed())
  }

  private func chosenProfile(_ settings: Settings) throws -> Profile {
    let chosen = try measuring.profile(settings)
    return try settings.value(of: .processes, flag: processes).map(chosen.with(processes:))
      ?? chosen
  }

  private func interruptedOrder(in store: ResultsStore) throws -> RecordingOrder {
    try refuseOtherOptions()
    // A paired run is gone on with by the command that began it.
    let interruptedRuns = try store.interruptedRuns().lazy.map(\.run)
    guard let interrupted = interruptedRuns.first(where: { $0.purpose == .record }) else {
      throw CommandFailure("there is no interrupted run to go on with; `benchdb list` shows all.")
    }
    let finished = try store.storedProcesses(ofRun: interrupted.id).map(\.order)
    return RecordingOrder(resuming: interrupted, finished: Set(finished))
  }

  private func refuseOtherCode(
    _ executables: [SuiteExecutable], _ run: Run, _ store: ResultsStore
  ) throws {
    guard try !store.isOfOtherCode(run, than: executables) else {
      throw CommandFailure(
        "the executables built now differ from those that run \(run.shortID) began with; record it "
          + "anew.")
    }
  }

  private func refuseOtherOptions() throws {
    let others = [
      commit.map { _ in "--commit" }, seed.map { _ in "--seed" },
      processes.map { _ in "--processes" }, against.map { _ in "--against" },
      timeLimit.map { _ in "--time-limit" },
    ]
    let given = measuring.givenSelection + measuring.givenProfile + others.compactMap(\.self)
    guard let first = given.first else { return }
    throw CommandFailure(
      "\(first) can't be given with --resume: the interrupted run says what to measure.")
  }
}
