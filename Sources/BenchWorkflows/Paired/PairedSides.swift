import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import TextCoding

/// Both sides of a paired comparison. They are commits, since each is built before it is measured.
struct PairedSides {
  let base: NamedSide
  let head: NamedSide

  /// Finds what the user means by `base` and `head`; neither need have been measured.
  /// - Throws: `CommandFailure` for what can't be built again: uncommitted changes, a run, another
  ///   database.
  static func resolve(
    base: String?, head: String?, in workspace: Workspace, store: ResultsStore
  ) throws -> PairedSides {
    let names = SideNames(workspace: workspace, store: store)
    if head == nil, try base.map({ try names.range($0) == nil }) ?? true {
      try refuseUncommitted(in: workspace)
    }
    let sides = try names.named(base: base, head: head)
    return PairedSides(base: try buildable(sides.base), head: try buildable(sides.head))
  }

  private static func refuseUncommitted(in workspace: Workspace) throws {
    let revision = try workspace.checkedOutRevision()
    guard revision.isDirty else { return }
    throw CommandFailure(
      "there are uncommitted changes, and a paired comparison builds commits. Commit or stash "
        + "them; or name both sides, as in `benchdb compare --paired HEAD~1 HEAD`, which leaves "
        + "them out.")
  }

  private static func buildable(_ side: NamedSide) throws -> NamedSide {
    guard case .revision = side.selection else {
      throw CommandFailure(
        "'\(Printable.text(side.name))' names what was measured; a paired comparison measures "
          + "anew, so it needs a revision or a baseline.")
    }
    guard !side.revision.isDirty else {
      throw CommandFailure(
        "\(side.title) has uncommitted changes of another time, which can't be built again; name "
          + "a commit.")
    }
    return side
  }
}
