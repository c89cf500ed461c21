import BenchModel
import BenchRunner

/// The executables that a bisection has built, each known by the position of the first commit that
/// gave it.
package struct BisectedExecutables {
  private let series: BisectedSeries
  private let reference: BenchmarkDeclaration?
  private var positions: [String: Int]

  /// What is to be done with a commit that was built.
  package enum Decision: Hashable {
    case measure
    /// It has the executable of the commit at this position.
    case identical(to: Int)
    /// It can't be measured, and why.
    case skipped(String)
  }

  /// `nil` where the benchmark's executable is the same in GOOD and BAD, or is missing in one.
  /// `last` is the position of BAD.
  package init?(good: BuiltCommit, bad: BuiltCommit, last: Int, series: BisectedSeries) {
    guard let before = good.hash(of: series.benchmark), let after = bad.hash(of: series.benchmark),
      before != after
    else { return nil }
    self.series = series
    reference = bad.declaration(of: series.benchmark)
    positions = [before: 0, after: last]
  }

  /// Decides about a commit, and remembers its executable where that is to be measured.
  package mutating func decide(on commit: BuiltCommit, at position: Int) -> Decision {
    guard let hash = commit.hash(of: series.benchmark) else {
      return .skipped("has no such benchmark")
    }
    if let other = positions[hash] { return .identical(to: other) }
    guard hasSeries(commit) else { return .skipped("has the benchmark in another version") }
    positions[hash] = position
    return .measure
  }

  /// Whether a found commit can be compared with its parent: the series means the same in both, and
  /// their executables differ.
  package func areComparable(_ parent: BuiltCommit, _ commit: BuiltCommit) -> Bool {
    parent.hash(of: series.benchmark) != commit.hash(of: series.benchmark) && hasSeries(parent)
  }

  /// Whether the series means in `commit` what it means in BAD.
  private func hasSeries(_ commit: BuiltCommit) -> Bool {
    let declaration = commit.declaration(of: series.benchmark)
    return declaration?.version == reference?.version
      && declaration?.metrics.contains { $0.name == series.metric.name } ?? false
  }
}

extension BuiltCommit {
  /// The hash of the executable that declares `benchmark`.
  fileprivate func hash(of benchmark: BenchmarkKey) -> String? {
    executable(of: benchmark)?.build.binaryHash
  }
}
