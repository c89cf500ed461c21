/// Builds the same code in another layout with any build command: the command gets a seed in
/// `BENCHDB_LAYOUT` and passes it on to its linker.
///
///     go build ${BENCHDB_LAYOUT:+-ldflags=-randlayout=$BENCHDB_LAYOUT} ./cmd/bench
extension BuildRecipe {
  /// The variable with the seed of the layout; it is empty for the build as it is.
  package static let layoutVariable = "BENCHDB_LAYOUT"

  /// The recipe whose command gets `seed`; `nil` where nothing is built.
  package func seeded(_ seed: Int) -> BuildRecipe? {
    guard !command.isEmpty else { return nil }
    return BuildRecipe(
      command: command, executable: executable, toolchainCommand: toolchainCommand, reads: reads,
      environment: environment, layoutSeed: seed)
  }

  /// What the build command finds in `layoutVariable`. A variable of the user's has no effect.
  var layoutValue: String { layoutSeed.map(String.init) ?? "" }
}
