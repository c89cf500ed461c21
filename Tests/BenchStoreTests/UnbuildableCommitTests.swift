import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Commits that do not build")
struct UnbuildableCommitTests {
  @Test("One that was noted is known on its machine class until something of it was measured")
  func noted() throws {
    try withStore { store in
      let run = Run(
        revision: StoredExample.revision(7), purpose: .backfill, profile: .quick, seed: 0,
        started: StoredExample.start, toolVersion: "0.1.0", plannedProcesses: 0,
        recorder: StoredExample.recorder)
      try store.noteUnbuildable(run, session: StoredExample.session(of: run))
      let known = try store.unbuildableCommits(on: StoredExample.machine)
      #expect(known == [StoredExample.commit(7).hash: StoredExample.start])
      let other = MachineClass(
        architecture: "aarch64", cpuModel: "", cores: 1, memoryBucketGiB: 1, system: "Linux 6",
        virtualisation: "none")
      #expect(try store.unbuildableCommits(on: other).isEmpty)

      let session = try beginSession(
        store, run: StoredExample.run(7, started: StoredExample.start + 60))
      try store.save(StoredExample.process(in: session, build: StoredExample.build(7)))
      #expect(try store.unbuildableCommits(on: StoredExample.machine).isEmpty)
    }
  }

  @Test("A run that failed with processes is no commit that does not build")
  func failedRun() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(7))
      try store.finish(run: session.run, status: .failed)
      #expect(try store.unbuildableCommits(on: StoredExample.machine).isEmpty)
    }
  }
}
