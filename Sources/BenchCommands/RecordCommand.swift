import ArgumentParser
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation

/// `benchdb record`: build, measure in fresh processes, store every sample.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Measure a revision and store every sample.",
    discussion: """
      Builds the executables that benchdb.toml names, measures every benchmark in fresh worker \
      processes spread over the whole session, and stores each process as soon as it has ended. \
      Ctrl-C keeps what is finished; --resume completes it.

      Examples:
        benchdb record                          everything, with the default profile
        benchdb record --profile smoke          a first look, in seconds
        benchdb record --suite throughput --filter 'grouped.*100000'
        benchdb record --commit HEAD~1          in a worktree, not in your checkout
        benchdb record --counter instructions   count those too, exactly
        benchdb record --time-limit 5min        fewer processes, if need be
        benchdb record --resume                 complete the interrupted run
      """)

  @OptionGroup var options: GlobalOptions

  @OptionGroup var measuring: MeasuringOptions

  @Option(
    help: ArgumentHelp("Measure this revision instead of the checkout.", valueName: "revision"))
  var commit: String?

  @Flag(help: "Complete the latest interrupted run.")
  var resume = false

  @Option(
    help: ArgumentHelp("Orders the processes; drawn at random by default.", valueName: "number"))
  var seed: String?

  @Option(
    help: ArgumentHelp("Fresh processes a benchmark, instead of the profile's.", valueName: "count")
  )
  var processes: String?

  @Option(
    help: ArgumentHelp(
      "About how long measuring may take: fewer processes a benchmark are run, and none is left "
        + "out.", valueName: "time"))
  var timeLimit: String?

  @Flag(help: "Show every metric in the summary, not only those that gate.")
  var all = false

  func run() throws {
    let workspace = try Workspace(options)
    let interruption = try Interruption.whileMeasuring()
    // Where there is no commit to record for, no database is left behind either.
    _ = try workspace.repository().head()
    let store = try workspace.openForWriting()
    var order = try resume ? interruptedOrder(workspace, store) : newOrder(workspace)
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
        in: store, console: workspace.console, showsAll: all, interruption: interruption)
    }
  }

  // MARK: What is asked for

  private func newOrder(_ workspace: Workspace) throws -> RecordingOrder {
    let repository = try workspace.repository()
    let settings = workspace.settings
    return RecordingOrder(
      revision: try commit.map { Revision(commit: try repository.resolve($0)) }
        ?? workspace.checkedOutRevision(),
      profile: try chosenProfile(settings),
      selection: try measuring.selection(settings),
      seed: try settings.value(of: .seed, flag: seed) ?? .random(in: 0...UInt64(Int64.max)))
  }

  private func chosenProfile(_ settings: Settings) throws -> Profile {
    let chosen = try measuring.profile(settings)
    return try settings.value(of: .processes, flag: processes).map(chosen.with(processes:))
      ?? chosen
  }

  private func interruptedOrder(
    _ workspace: Workspace, _ store: ResultsStore
  ) throws -> RecordingOrder {
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
      processes.map { _ in "--processes" }, timeLimit.map { _ in "--time-limit" },
    ]
    let given = measuring.givenSelection + measuring.givenProfile + others.compactMap(\.self)
    guard let first = given.first else { return }
    throw CommandFailure(
      "\(first) can't be given with --resume: the interrupted run says what to measure.")
  }
}
