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
    let executables = try tree.executables(workspace: workspace, interruption: interruption)
    return BuiltSide(
      tree: tree,
      executables: cachesTrees ? try tree.cached(executables) : executables,
      overlay: overlay)
  }

  // MARK: Layouts

  /// Links what differs in several orders, on both sides. Afterwards HEAD's files are checked out
  /// again.
  /// - Returns: `nil` where nothing differs, or nothing can be linked in another order.
  func relinked(
    base: BuiltSide, head: BuiltSide, for order: PairedOrder
  ) throws -> (base: BuiltSide, head: BuiltSide)? {
    guard let layouts = PairedLayouts(of: order) else { return nil }
    let base = (side: base, isWanted: layouts.differing(from: head.executables))
    let head = (side: head, isWanted: layouts.differing(from: base.side.executables))
    guard base.side.tree.canRelink(base.side.executables, where: base.isWanted),
      head.side.tree.canRelink(head.side.executables, where: head.isWanted)
    else { return nil }
    do {
      let after = try relinked(head.side, seeds: layouts.headSeeds, where: head.isWanted)
      let before = try relinked(
        try checkedOutAgain(base.side), seeds: layouts.baseSeeds, where: base.isWanted)
      _ = try checkedOutAgain(after)
      // One side alone would differ from the other by how it was built.
      let names = before.relinkedNames.intersection(after.relinkedNames)
      return (before.keepingLayouts(of: names), after.keepingLayouts(of: names))
    } catch let error as RunnerError where error.isOfBuild {
      workspace.console.note(
        "It can't be linked in other orders, so each side has one layout. \(error)")
      _ = try checkedOutAgain(head.side)
      return nil
    }
  }

  /// The same side, with its files in the worktree.
  private func checkedOutAgain(_ side: BuiltSide) throws -> BuiltSide {
    let tree = try worktree.checkOut(side.tree.revision.commit, benchmarks: side.overlay)
    return BuiltSide(tree: tree, executables: side.executables, overlay: side.overlay)
  }

  private func relinked(
    _ side: BuiltSide, seeds: Range<Int>, where isWanted: (SuiteExecutable) -> Bool
  ) throws -> BuiltSide {
    side.with(
      try side.tree.relinked(
        side.executables, seeds: seeds, workspace: workspace, interruption: interruption,
        where: isWanted))
  }
}

/// One side as it was built.
struct BuiltSide {
  let tree: SourceTree
  let executables: [SuiteExecutable]
  let overlay: BenchmarkOverlay?

  /// The names of the executables that were linked in several orders.
  var relinkedNames: Set<String> {
    Set(
      zip(tree.configuration.executables, executables).filter { !$1.relinked.isEmpty }.map(\.0.name)
    )
  }

  func with(_ executables: [SuiteExecutable]) -> BuiltSide {
    BuiltSide(tree: tree, executables: executables, overlay: overlay)
  }

  /// The same side where only the executables called `names` keep their layouts.
  func keepingLayouts(of names: Set<String>) -> BuiltSide {
    with(
      zip(tree.configuration.executables, executables).map {
        names.contains($0.name) ? $1 : $1.withOneLayout
      })
  }
}
