import BenchModel
import BenchOutput
import BenchRunner

extension SourceTree {
  /// Whether any of `executables` can be linked in another order.
  func canRelink(
    _ executables: [SuiteExecutable], where isWanted: (SuiteExecutable) -> Bool
  ) -> Bool {
    zip(configuration.executables, executables).contains {
      $0.recipe.relinked(seed: 1, scratch: storage) != nil && isWanted($1)
    }
  }

  /// Links those of `executables` that `isWanted` names once for each of `seeds`, where they can be
  /// linked in another order.
  /// - Returns: all executables of the tree.
  func relinked(
    _ executables: [SuiteExecutable], seeds: Range<Int>, workspace: Workspace,
    interruption: Interruption, where isWanted: (SuiteExecutable) -> Bool
  ) throws -> [SuiteExecutable] {
    let files = try TreeCheck(
      directory: directory, revision: revision, databaseFiles: workspace.databaseFiles)
    return try zip(configuration.executables, executables).map { configuration, executable in
      let recipes = seeds.compactMap {
        configuration.recipe.relinked(seed: $0, scratch: storage + "/layouts")
      }
      guard !recipes.isEmpty, isWanted(executable) else { return executable }
      workspace.console.note(
        "Linking \(configuration.name) of \(revision.commit.shortHash) in "
          + "\(English.count(recipes.count, "order"))…")
      return executable.with(
        relinked: try recipes.map { recipe in
          let built = try build(
            recipe, toolchain: executable.build.toolchain, workspace: workspace,
            interruption: interruption, check: files.check)
          return SuiteExecutable(
            worker: worker(built, of: configuration), build: build(built),
            declarations: executable.declarations, timeout: executable.timeout)
        })
    }
  }
}
