package import BenchModel
import BenchOutput
package import BenchRunner

/// Both sides of a paired comparison, built before anything is measured.
///
/// Both are built in the same folder, one after the other, and their products kept. So a path that
/// is embedded in an executable is the same on both sides, and commits whose code is the same have
/// the same bytes. Workers of each side run in a copy of their own commit's files, since benchmarks
/// may read any of them.
package struct PairedBuilds {
  let base: [SuiteExecutable]
  let head: [SuiteExecutable]
  /// Whose benchmarks they are; `nil` where both sides are the same commit.
  let benchmarks: BenchmarkOrigin?
  private let worktree: OwnWorktree

  /// `order` says whose benchmarks are built and in how many layouts; without it each side is built
  /// as it is, in one.
  /// - Throws: `RunnerError` where a side does not build.
  package init(
    base: Commit, head: Commit, in workspace: Workspace, interruption: Interruption,
    order: PairedOrder? = nil
  ) throws {
    let workshop = PairedWorkshop(
      workspace: workspace, worktree: try OwnWorktree(in: workspace), interruption: interruption,
      keepsTrees: base.tree != head.tree)
    let chosen =
      try order.map { try ChosenBenchmarks($0.benchFrom, base: base, head: head, in: workspace) }
      ?? .own
    let (before, used) = try workshop.build(base, chosen)
    let after = base == head ? before : try workshop.build(head)
    let sides = try order.flatMap { try workshop.relinked(base: before, head: after, for: $0) }
    worktree = workshop.worktree
    self.base = sides?.base.executables ?? before.executables
    self.head = sides?.head.executables ?? after.executables
    benchmarks = used.origin
  }

  private init(
    base: [SuiteExecutable], head: [SuiteExecutable], benchmarks: BenchmarkOrigin?,
    worktree: OwnWorktree
  ) {
    self.base = base
    self.head = head
    self.benchmarks = benchmarks
    self.worktree = worktree
  }

  /// The same builds, prepared to count what `profile` asks for.
  package func counting(
    _ profile: Profile, in workspace: Workspace, interruption: Interruption
  ) throws -> PairedBuilds {
    let counters = InstructionCounters(
      profile: profile, in: workspace, interruption: interruption)
    return PairedBuilds(
      base: try counters.prepare(base), head: try counters.prepare(head), benchmarks: benchmarks,
      worktree: worktree)
  }

  /// The benchmarks whose instructions are counted in processes of their own, on both sides alike.
  var countedUnderCallgrind: Set<BenchmarkKey> {
    func counted(_ executables: [SuiteExecutable]) -> Set<BenchmarkKey> {
      executables.reduce(into: []) { $0.formUnion($1.countedUnderCallgrind) }
    }
    return counted(base).intersection(counted(head))
  }
}

/// One side as it was built.
private struct BuiltSide {
  let tree: SourceTree
  let executables: [SuiteExecutable]
  let overlay: BenchmarkOverlay?

  /// The executables that were linked in several orders.
  var relinkedNames: Set<String> {
    Set(
      zip(tree.configuration.executables, executables).filter { !$1.relinked.isEmpty }.map(\.0.name)
    )
  }

  func with(_ executables: [SuiteExecutable]) -> BuiltSide {
    BuiltSide(tree: tree, executables: executables, overlay: overlay)
  }

  /// With several layouts of nothing but `names`.
  func keepingLayouts(of names: Set<String>) -> BuiltSide {
    with(
      zip(tree.configuration.executables, executables).map {
        names.contains($0.name) ? $1 : $1.withOneLayout
      })
  }
}

/// Where the sides of a paired comparison are built, one after the other.
private struct PairedWorkshop {
  let workspace: Workspace
  let worktree: OwnWorktree
  let interruption: Interruption
  /// The sides' files differ, so that each side needs a copy of its own.
  let keepsTrees: Bool

  /// BASE, with HEAD's benchmarks if that was chosen and they build there.
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
      executables: keepsTrees ? try tree.kept(executables) : executables,
      overlay: overlay)
  }

  // MARK: Layouts

  /// Both sides with several layouts of what differs; `nil` where nothing does, or nothing can be
  /// linked in another order. Afterwards HEAD's files are checked out again.
  func relinked(
    base: BuiltSide, head: BuiltSide, for order: PairedOrder
  ) throws -> (base: BuiltSide, head: BuiltSide)? {
    guard let layouts = order.profile.layouts else { return nil }
    func differing(from other: BuiltSide) -> (SuiteExecutable) -> Bool {
      let hashes = Set(other.executables.map(\.build.binaryHash))
      return { order.judgesIdentical || !hashes.contains($0.build.binaryHash) }
    }
    let wanted = (base: differing(from: head), head: differing(from: base))
    guard base.tree.canRelink(base.executables, where: wanted.base),
      head.tree.canRelink(head.executables, where: wanted.head)
    else { return nil }
    do {
      let seeds = 1..<layouts + 1
      // A side that is compared with itself has layouts of its own nevertheless: what they do is
      // what is to be seen.
      let others = order.judgesIdentical ? layouts + 1..<2 * layouts + 1 : seeds
      let after = head.with(try relinked(head, seeds: others, where: wanted.head))
      let tree = try worktree.checkOut(base.tree.revision.commit, benchmarks: base.overlay)
      let before = BuiltSide(tree: tree, executables: base.executables, overlay: base.overlay)
      let linked = before.with(try relinked(before, seeds: seeds, where: wanted.base))
      _ = try worktree.checkOut(head.tree.revision.commit)
      // One side alone would differ from the other by how it was built.
      let names = linked.relinkedNames.intersection(after.relinkedNames)
      return (linked.keepingLayouts(of: names), after.keepingLayouts(of: names))
    } catch let error as RunnerError where error.isOfBuild {
      workspace.console.note(
        "It can't be linked in other orders, so each side has one layout. \(error)")
      _ = try worktree.checkOut(head.tree.revision.commit)
      return nil
    }
  }

  private func relinked(
    _ side: BuiltSide, seeds: Range<Int>, where isWanted: (SuiteExecutable) -> Bool
  ) throws -> [SuiteExecutable] {
    try side.tree.relinked(
      side.executables, seeds: seeds, workspace: workspace, interruption: interruption,
      where: isWanted)
  }
}
