import BenchRunner

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
