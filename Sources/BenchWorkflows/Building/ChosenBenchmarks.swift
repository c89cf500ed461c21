package import BenchModel
package import BenchOutput
package import BenchRunner

/// The benchmarks that a paired comparison measures, and what has to be laid over BASE for it.
package struct ChosenBenchmarks {
  /// What is said of them; `nil` where there is nothing to say.
  package let origin: BenchmarkOrigin?
  package let overlay: BenchmarkOverlay?

  static let own = ChosenBenchmarks(origin: nil, overlay: nil)

  init(_ choice: BenchFrom, base: Commit, head: Commit, in workspace: Workspace) throws {
    try self.init(
      choice, base: base, head: head, repository: workspace.repository(),
      fallback: workspace.configuration)
  }

  /// The choice for two commits; `fallback` names the folders of benchmarks where HEAD has no
  /// `benchdb.toml`.
  package init(
    _ choice: BenchFrom, base: Commit, head: Commit, repository: GitRepository,
    fallback: Configuration
  ) throws {
    // The same files have the same benchmarks, which is nothing to speak of.
    guard base.tree != head.tree else {
      self = .own
      return
    }
    guard choice == .head else {
      self.init(origin: .own(.asked), overlay: nil)
      return
    }
    let folders = try Self.folders(of: head, repository, fallback)
    guard !folders.isEmpty else {
      self.init(origin: .own(.unnamed), overlay: nil)
      return
    }
    let changed = try folders.filter {
      try repository.object(at: $0, in: base) != repository.object(at: $0, in: head)
    }
    self.init(
      origin: changed.isEmpty ? .same : .head,
      overlay: changed.isEmpty ? nil : BenchmarkOverlay(commit: head, folders: changed))
  }

  private init(origin: BenchmarkOrigin?, overlay: BenchmarkOverlay?) {
    self.origin = origin
    self.overlay = overlay
  }

  /// The choice that is left where HEAD's benchmarks do not build against BASE.
  static let notBuilding = ChosenBenchmarks(origin: .own(.notBuilding), overlay: nil)

  /// The folders that HEAD's own `benchdb.toml` names, in its order, each once.
  private static func folders(
    of head: Commit, _ repository: GitRepository, _ fallback: Configuration
  ) throws -> [String] {
    let own = try repository.text(of: "benchdb.toml", in: head)
      .map { try ConfigurationReader().read($0) }
    let executables = own.map(\.executables) ?? []
    let named = (executables.isEmpty ? fallback.executables : executables)
      .flatMap(\.benchmarks)
    return named.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// `--bench-from`: whose benchmarks a paired comparison measures.
package enum BenchFrom: String, Sendable, Hashable, CaseIterable {
  /// HEAD's on both sides, where they build against BASE.
  case head
  /// Each side's own.
  case own
}

/// Folders of one commit that replace those of another.
package struct BenchmarkOverlay: Hashable {
  package let commit: Commit
  /// Paths from the root of the repository.
  package let folders: [String]

  package init(commit: Commit, folders: [String]) {
    self.commit = commit
    self.folders = folders
  }
}
