import BenchModel
import BenchRunner

/// Builds the sides of a paired comparison, one after the other.
struct PairedWorkshop {
  let workspace: Workspace
  let worktree: OwnWorktree
  let interruption: Interruption
  /// Whether the sides' files differ, so that each side needs a copy of its own.
  let cachesTrees: Bool

  /// Builds BASE, with HEAD's benchmarks if these were chosen and build there.
  func build(
    _ base: Commit, _ chosen: ChosenBenchmarks
  ) throws -> (side: BuiltSide, used: ChosenBenchmarks) {
    guard let overlay = chosen.overlay else { return (try build(base), chosen) }
    do {
      return (try build(base, overlay), chosen)
    } catch let error as RunnerError where error.isOfBuild {
      workspace.console.note(
        "The benchmarks of \(overlay.commit.shortHash) do not build against \(base.shortHash); each "
          + "side is measured with its own.")
      return (try build(base), .notBuilding)
    }
  }

  func build(_ commit: Commit, _ overlay: BenchmarkOverlay? = nil) throws -> BuiltSide {
    let tree = try worktree.checkOut(commit, benchmarks: overlay)
    return try side(
      tree, try tree.executables(workspace: workspace, interruption: interruption), overlay)
  }

  /// Both sides as they were built in the user's checkout when they were recorded, so that nothing
  /// has to be built; `nil` where a side is not kept, or BASE needs HEAD's benchmarks.
  func kept(
    _ base: Commit, _ head: Commit, _ chosen: ChosenBenchmarks
  ) throws -> (base: BuiltSide, head: BuiltSide)? {
    guard chosen.overlay == nil, let before = try kept(base), let after = try kept(head) else {
      return nil
    }
    return (before, after)
  }

  private func kept(_ commit: Commit) throws -> BuiltSide? {
    let tree = try worktree.checkOut(commit)
    return try tree.keptExecutables(
      builtIn: workspace.repository().root, workspace: workspace, interruption: interruption
    ).map { try side(tree, $0, nil) }
  }

  private func side(
    _ tree: SourceTree, _ executables: [SuiteExecutable], _ overlay: BenchmarkOverlay?
  ) throws -> BuiltSide {
    BuiltSide(
      tree: tree, executables: cachesTrees ? try tree.cached(executables) : executables,
      overlay: overlay)
  }

  // MARK: Layouts

  /// Builds what differs in several layouts, on both sides. Afterwards HEAD's files are checked out
  /// again.
  /// - Returns: `nil` where nothing differs, or nothing can be laid out otherwise.
  func laidOut(
    base: BuiltSide, head: BuiltSide, for order: PairedOrder
  ) throws -> (base: BuiltSide, head: BuiltSide)? {
    guard let layouts = PairedLayouts(of: order) else { return nil }
    let wanted = try wanted(of: head, against: base, layouts)
    guard !wanted.isEmpty else { return nil }
    do {
      let after = try laidOut(head, seeds: layouts.headSeeds, wanted: wanted)
      guard !after.relinkedNames.isEmpty else { return nil }
      let before = try laidOut(
        try checkedOutAgain(base), seeds: layouts.baseSeeds, wanted: after.relinkedNames)
      _ = try checkedOutAgain(after)
      // One side alone would differ from the other by how it was built.
      let names = before.relinkedNames.intersection(after.relinkedNames)
      return (before.keepingLayouts(of: names), after.keepingLayouts(of: names))
    } catch let error as RunnerError where error.isOfBuild {
      workspace.console.note(
        "It can't be built in other layouts, so each side has one. \(error)")
      _ = try checkedOutAgain(head)
      return nil
    }
  }

  /// The names of HEAD's executables that are worth laying out otherwise; what is said of the
  /// others that are measured is said.
  private func wanted(
    of head: BuiltSide, against base: BuiltSide, _ layouts: PairedLayouts
  ) throws -> Set<String> {
    var wanted: Set<String> = []
    for (configuration, executable) in head.named
    where layouts.isMeasured(executable, against: base.executables) {
      let reason =
        executable.isInterpreted
        ? OneLayoutReason.interpreted
        : layouts.hasSameCode(executable, as: base.executables) ? .sameCode : nil
      if let reason { note(reason, configuration) } else { wanted.insert(configuration.name) }
    }
    return wanted
  }

  /// `commit` is whose executable it is, where that matters.
  private func note(
    _ reason: OneLayoutReason, _ configuration: ExecutableConfiguration, of commit: Commit? = nil
  ) {
    let name = configuration.name + (commit.map { " of \($0.shortHash)" } ?? "")
    workspace.console.note(reason.sentence(of: name, builtBy: configuration.build))
  }

  /// The same side, with its files in the worktree.
  private func checkedOutAgain(_ side: BuiltSide) throws -> BuiltSide {
    let tree = try worktree.checkOut(side.tree.revision.commit, benchmarks: side.overlay)
    return BuiltSide(tree: tree, executables: side.executables, overlay: side.overlay)
  }

  /// The side with its layouts; what can't be laid out otherwise is said.
  private func laidOut(
    _ side: BuiltSide, seeds: Range<Int>, wanted: Set<String>
  ) throws -> BuiltSide {
    let made = try side.tree.laidOut(
      side.executables, seeds: seeds, workspace: workspace, interruption: interruption,
      wanted: wanted)
    for (configuration, _) in side.named {
      if let reason = made.reasons[configuration.name] {
        note(reason, configuration, of: side.tree.revision.commit)
      }
    }
    return side.with(made.executables)
  }
}

/// One side as it was built.
struct BuiltSide {
  let tree: SourceTree
  let executables: [SuiteExecutable]
  let overlay: BenchmarkOverlay?

  /// The executables with what is configured of them.
  var named: [(ExecutableConfiguration, SuiteExecutable)] {
    Array(zip(tree.configuration.executables, executables))
  }

  /// The names of the executables that were built in several layouts.
  var relinkedNames: Set<String> {
    Set(named.filter { !$1.relinked.isEmpty }.map(\.0.name))
  }

  func with(_ executables: [SuiteExecutable]) -> BuiltSide {
    BuiltSide(tree: tree, executables: executables, overlay: overlay)
  }

  /// The same side where only the executables called `names` keep their layouts.
  func keepingLayouts(of names: Set<String>) -> BuiltSide {
    with(
      named.map { names.contains($0.name) ? $1 : $1.withOneLayout })
  }
}
