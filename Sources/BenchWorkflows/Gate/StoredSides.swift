/// What is stored of the two sides of a comparison.
package enum StoredSides {
  /// Measured in turn, and judged round by round.
  case rounds(StoredRounds)
  case apart(ComparedSides)

  /// Finds what the user means by `base` and `head`.
  /// - Throws: `CommandFailure` that says what was never measured and how to measure it.
  package static func find(base: String?, head: String?, in workspace: Workspace) throws
    -> StoredSides
  {
    let store = try ComparedSides.openStore(in: workspace)
    if let rounds = try StoredRounds(ofRun: base, head: head, store, workspace) {
      return .rounds(rounds)
    }
    let named = try SideNames(workspace: workspace, store: store).named(base: base, head: head)
    if let rounds = try StoredRounds(latestOf: named, store, workspace) { return .rounds(rounds) }
    return .apart(
      try ComparedSides.read(named, isCheckedOut: head == nil, from: store, in: workspace))
  }
}
