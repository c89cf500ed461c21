import BenchModel
import BenchReport
import BenchRunner

/// Both sides of a paired comparison, built before anything is measured.
///
/// Both are built in the same folder, one after the other, and their products kept. So a path that is embedded in an executable is the
/// same on both sides, and commits whose code is the same have the same bytes. Workers of both sides run in that folder, where HEAD's
/// files are.
struct PairedBuilds {
  let base: [SuiteExecutable]
  let head: [SuiteExecutable]
  private let worktree: OwnWorktree

  /// - Throws: `RunnerError` where a side does not build; `CommandFailure` where one's executables can't be kept beside the other's.
  init(
    base: Commit, head: Commit, in workspace: Workspace, interruption: Interruption
  ) throws {
    let worktree = try OwnWorktree(in: workspace)
    func build(_ commit: Commit) throws -> [SuiteExecutable] {
      let tree = try worktree.checkOut(commit)
      let executables = try tree.executables(workspace: workspace, interruption: interruption)
      if base.tree != head.tree { try Self.refuseUnkept(executables, in: tree) }
      return executables
    }
    let before = try build(base)
    self.worktree = worktree
    self.base = before
    self.head = base == head ? before : try build(head)
  }

  private init(base: [SuiteExecutable], head: [SuiteExecutable], worktree: OwnWorktree) {
    self.base = base
    self.head = head
    self.worktree = worktree
  }

  /// The same builds, prepared to count what `profile` asks for.
  func counting(
    _ profile: Profile, in workspace: Workspace, interruption: Interruption
  ) throws -> PairedBuilds {
    let counters = InstructionCounters(
      profile: profile, in: workspace, interruption: interruption)
    return PairedBuilds(
      base: try counters.prepare(base), head: try counters.prepare(head), worktree: worktree)
  }

  /// The benchmarks whose instructions are counted in processes of their own, on both sides alike.
  var countedUnderCallgrind: Set<BenchmarkKey> {
    func counted(_ executables: [SuiteExecutable]) -> Set<BenchmarkKey> {
      executables.reduce(into: []) { $0.formUnion($1.countedUnderCallgrind) }
    }
    return counted(base).intersection(counted(head))
  }

  /// An executable that lies in the worktree is gone, or another's, once the other side is checked out.
  static func refuseUnkept(_ executables: [SuiteExecutable], in tree: SourceTree) throws {
    for executable in executables {
      let path = executable.worker.command[0]
      guard path.hasPrefix(tree.directory + "/") else { continue }
      let name = path.dropFirst(tree.directory.count + 1)
      throw CommandFailure(
        "'\(Printable.text(String(name)))' has no 'build' command in benchdb.toml, so a copy of each "
          + "side can't be kept. Give it one; build = [\"true\"] will do where nothing is to build."
      )
    }
  }
}
