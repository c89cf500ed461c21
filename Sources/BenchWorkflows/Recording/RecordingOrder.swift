package import BenchModel
package import BenchRunner
package import BenchStore

/// What a recording is to do, freshly asked for or left over from an interrupted run.
package struct RecordingOrder {
  package let revision: Revision
  package let profile: Profile
  package let selection: Selection
  package let seed: UInt64
  let purpose: RunPurpose
  package let resumed: Run?
  /// Places in the plan that need not be measured again.
  package let finished: Set<Int>

  package init(
    revision: Revision, profile: Profile, selection: Selection, seed: UInt64,
    purpose: RunPurpose = .record
  ) {
    self.purpose = purpose
    self.revision = revision
    self.profile = profile
    self.selection = selection
    self.seed = seed
    resumed = nil
    finished = []
  }

  package init(resuming run: Run, finished: Set<Int>) {
    revision = run.revision
    profile = run.profile
    selection = run.selection
    seed = run.seed
    purpose = run.purpose
    resumed = run
    self.finished = finished
  }
}

extension ResultsStore {
  /// Whether something stored of `run` was measured with another executable than the one among
  /// `executables` that declares it. One run is of one build: what is stored of it and what it
  /// still lacks must come from the same.
  package func isOfOtherCode(_ run: Run, than executables: [SuiteExecutable]) throws -> Bool {
    var hashes: [BenchmarkKey: String] = [:]
    for executable in executables {
      for declaration in executable.declarations {
        hashes[declaration.key] = executable.build.binaryHash
      }
    }
    return try processes(ofRun: run.id).contains { process in
      hashes[process.benchmark.key].map { $0 != process.build.binaryHash } ?? false
    }
  }
}
