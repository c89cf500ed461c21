package import BenchModel
package import BenchOutput
package import BenchRunner

/// Both sides of a paired comparison, built before anything is measured.
///
/// Both are built in the same folder, one after the other, and their products are cached. So a path
/// that is embedded in an executable is the same on both sides, and commits whose code is the same
/// have the same bytes. Workers of each side run in a copy of their own commit's files, since
/// benchmarks may read any of them.
package struct PairedBuilds {
  package let base: [SuiteExecutable]
  package let head: [SuiteExecutable]
  /// Whose benchmarks they are; `nil` where both sides are the same commit.
  package let benchmarks: BenchmarkOrigin?
  private let worktree: OwnWorktree?

  /// `order` says whose benchmarks are built and in how many layouts; without it each side is built
  /// as it is, in one. With `takesKept`, what both sides were recorded with is taken where it is
  /// kept.
  /// - Throws: `RunnerError` where a side does not build.
  package init(
    base: Commit, head: Commit, in workspace: Workspace, interruption: Interruption,
    order: PairedOrder? = nil, takesKept: Bool = false
  ) throws {
    let workshop = PairedWorkshop(
      workspace: workspace, worktree: try OwnWorktree(in: workspace), interruption: interruption,
      cachesTrees: base.tree != head.tree)
    let chosen =
      try order.map { try ChosenBenchmarks($0.benchFrom, base: base, head: head, in: workspace) }
      ?? .own
    if takesKept, let kept = try workshop.kept(base, head, chosen) {
      self.init(
        base: kept.base.executables, head: kept.head.executables, benchmarks: chosen.origin,
        worktree: workshop.worktree)
      return
    }
    let (before, used) = try workshop.build(base, chosen)
    let after = base == head ? before : try workshop.build(head)
    let sides = try order.flatMap { try workshop.laidOut(base: before, head: after, for: $0) }
    self.init(
      base: sides?.base.executables ?? before.executables,
      head: sides?.head.executables ?? after.executables, benchmarks: used.origin,
      worktree: workshop.worktree)
  }

  /// Sides that are built already, and need no worktree.
  package init(base: [SuiteExecutable], head: [SuiteExecutable]) {
    self.init(base: base, head: head, benchmarks: nil, worktree: nil)
  }

  private init(
    base: [SuiteExecutable], head: [SuiteExecutable], benchmarks: BenchmarkOrigin?,
    worktree: OwnWorktree?
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

  /// Whether every executable of both sides has several layouts.
  package var isLayoutVaried: Bool { (base + head).allSatisfy { !$0.relinked.isEmpty } }

  /// Whether every executable is a script that nothing builds, whose code layout does not change.
  package var isInterpreted: Bool { (base + head).allSatisfy(\.isInterpreted) }

  /// The benchmarks whose instructions are counted in processes of their own, on both sides alike.
  package var countedUnderCallgrind: Set<BenchmarkKey> {
    func counted(_ executables: [SuiteExecutable]) -> Set<BenchmarkKey> {
      executables.reduce(into: []) { $0.formUnion($1.countedUnderCallgrind) }
    }
    return counted(base).intersection(counted(head))
  }
}
