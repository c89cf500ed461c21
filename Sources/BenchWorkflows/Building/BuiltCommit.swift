package import BenchModel
package import BenchRunner

/// A commit whose executables are built and cached.
package struct BuiltCommit {
  package let commit: Commit
  package let executables: [SuiteExecutable]

  package init(commit: Commit, executables: [SuiteExecutable]) {
    self.commit = commit
    self.executables = executables
  }

  package var builds: [Build] { executables.map(\.build) }

  /// The executable that declares `benchmark`; `nil` where none does.
  package func executable(of benchmark: BenchmarkKey) -> SuiteExecutable? {
    executables.first { $0.declarations.contains { $0.key == benchmark } }
  }

  /// The declaration of `benchmark`; `nil` where there is none.
  package func declaration(of benchmark: BenchmarkKey) -> BenchmarkDeclaration? {
    executables.lazy.flatMap(\.declarations).first { $0.key == benchmark }
  }
}

/// What came of building a commit.
package enum BuildOutcome {
  case built(BuiltCommit)
  /// There is nothing to measure, and why.
  case unbuildable(String)
}
