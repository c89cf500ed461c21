/// Whose benchmarks a paired comparison measured.
package enum BenchmarkOrigin: Sendable, Hashable {
  /// Both commits have the same.
  case same
  /// Both sides ran those of HEAD.
  case head
  case own(OwnReason)

  /// Why each side was measured with its own.
  package enum OwnReason: String, Sendable, Hashable, CaseIterable {
    case asked, unnamed, notBuilding
  }

  /// One word for programs.
  var name: String {
    switch self {
    case .same: "same"
    case .head: "head"
    case .own: "own"
    }
  }

  /// What people read, without a full stop.
  var text: String {
    switch self {
    case .same: "both commits have the same benchmarks"
    case .head: "both sides ran the benchmarks of HEAD"
    case .own(.asked): "each side ran its own benchmarks"
    case .own(.unnamed):
      "each side ran its own benchmarks: benchdb.toml does not say where they are ('benchmarks')"
    case .own(.notBuilding):
      "each side ran its own benchmarks: those of HEAD do not build against the base"
    }
  }
}
