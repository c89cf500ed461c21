import BenchModel
import BenchOutput
import BenchRunner

extension SourceTree {
  /// Why the layouts of an executable can't be varied; `nil` where building will tell.
  func oneLayoutReason(
    of configuration: ExecutableConfiguration, _ executable: SuiteExecutable
  ) -> OneLayoutReason? {
    guard configuration.build.isEmpty else { return executable.codeHash == nil ? .script : nil }
    return executable.isInterpreted ? .interpreted : .notBuilt
  }

  /// Builds those of `executables` whose names are `wanted` once for each of `seeds`, where they
  /// can be laid out otherwise.
  /// - Returns: all executables of the tree, and why some of the wanted have one layout.
  func laidOut(
    _ executables: [SuiteExecutable], seeds: Range<Int>, workspace: Workspace,
    interruption: Interruption, wanted: Set<String>
  ) throws -> (executables: [SuiteExecutable], reasons: [String: OneLayoutReason]) {
    let files = try TreeCheck(
      directory: directory, revision: revision, databaseFiles: workspace.databaseFiles)
    var reasons: [String: OneLayoutReason] = [:]
    let all = try zip(configuration.executables, executables).map { configuration, executable in
      guard wanted.contains(configuration.name) else { return executable }
      if let reason = oneLayoutReason(of: configuration, executable) {
        reasons[configuration.name] = reason
        return executable
      }
      let making = LayoutMaking(
        tree: self, configuration: configuration, executable: executable, workspace: workspace,
        interruption: interruption, check: files.check)
      switch try making.make(seeds: seeds) {
      case .layouts(let products): return executable.with(relinked: products.map(making.executable))
      case .one(let reason):
        reasons[configuration.name] = reason
        return executable
      }
    }
    return (all, reasons)
  }
}

/// Makes the layouts of one executable.
private struct LayoutMaking {
  let tree: SourceTree
  let configuration: ExecutableConfiguration
  let executable: SuiteExecutable
  let workspace: Workspace
  let interruption: Interruption
  let check: () throws -> Void

  func make(seeds: Range<Int>) throws -> SeededLayouts.Outcome {
    let linked = seeds.compactMap {
      configuration.recipe.relinked(seed: $0, scratch: tree.storage + "/layouts")
    }
    announce(seeds.count, linked.isEmpty ? "layouts" : "orders of its functions")
    guard linked.isEmpty else { return .layouts(try linked.map { try build($0, isCached: true) }) }
    return try SeededLayouts(
      of: configuration.recipe, plain: executable.codeHash, seeds: seeds, builder: builder
    ).make()
  }

  func executable(_ built: BuiltSuite) -> SuiteExecutable {
    SuiteExecutable(
      worker: tree.worker(built, of: configuration), build: tree.build(built),
      declarations: executable.declarations, timeout: executable.timeout, codeHash: built.codeHash)
  }

  private func announce(_ count: Int, _ what: String) {
    workspace.console.note(
      "Building \(configuration.name) of \(tree.revision.commit.shortHash) in \(count) \(what)…")
  }

  private var builder: SeededLayouts.Builder {
    let toolchain = executable.build.toolchain
    return SeededLayouts.Builder(
      cached: { try tree.suiteBuild($0).cached(tree: tree.cachedTree, toolchain: toolchain) },
      buildAnew: { try build($0, isCached: false) },
      keep: { try tree.suiteBuild($1).keep($0, tree: tree.cachedTree) },
      build: { try build($0, isCached: true) })
  }

  private func build(_ recipe: BuildRecipe, isCached: Bool) throws -> BuiltSuite {
    try tree.build(
      recipe, isCached: isCached, toolchain: executable.build.toolchain, workspace: workspace,
      interruption: interruption, check: check)
  }
}
