import BenchModel

/// What a recording is to do, freshly asked for or left over from an interrupted run.
struct RecordingOrder {
  let revision: Revision
  let profile: Profile
  let selection: Selection
  let seed: UInt64
  let resumed: Run?
  /// Places in the plan that need not be measured again.
  let finished: Set<Int>

  init(revision: Revision, profile: Profile, selection: Selection, seed: UInt64) {
    self.revision = revision
    self.profile = profile
    self.selection = selection
    self.seed = seed
    resumed = nil
    finished = []
  }

  init(resuming run: Run, finished: Set<Int>) {
    revision = run.revision
    profile = run.profile
    selection = run.selection
    seed = run.seed
    resumed = run
    self.finished = finished
  }
}
