import BenchModel
import BenchOutput
import BenchRunner

/// `--bench-from`
package enum BenchFrom: String, Sendable, Hashable, CaseIterable {
  /// Those of HEAD on both sides, where they build against BASE.
  case head
  /// Each side's own.
  case own
}

/// Which benchmarks a paired comparison measures, and what has to be laid over BASE for it.
struct ChosenBenchmarks {
  let origin: BenchmarkOrigin?
  let overlay: BenchmarkOverlay?

  static let own = ChosenBenchmarks(origin: nil, overlay: nil)

  /// The same commit has the same benchmarks; nothing is said of that.
  init(_ choice: BenchFrom, base: Commit, head: Commit, in workspace: Workspace) throws {
    guard base.tree != head.tree else {
      self = .own
      return
    }
    guard choice == .head else {
      self.init(origin: .own(.asked), overlay: nil)
      return
    }
    let repository = try workspace.repository()
    let folders = try Self.folders(of: head, repository, workspace)
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

  /// What is left where HEAD's do not build against BASE.
  static let notBuilding = ChosenBenchmarks(origin: .own(.notBuilding), overlay: nil)

  /// As HEAD's own `benchdb.toml` names them, in its order, each once.
  private static func folders(
    of head: Commit, _ repository: GitRepository, _ workspace: Workspace
  ) throws -> [String] {
    let own = try repository.text(of: "benchdb.toml", in: head)
      .map { try ConfigurationReader().read($0) }
    let executables = own.map(\.executables) ?? []
    let named = (executables.isEmpty ? workspace.configuration.executables : executables)
      .flatMap(\.benchmarks)
    return named.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
