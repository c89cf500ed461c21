package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// Which commits of a range are to be recorded, newest first.
package struct BackfillPlan {
  /// Those that were asked for.
  let commits: [Commit]
  let missing: [Commit]
  /// Interrupted runs that can be gone on with, by the commit's hash.
  let interrupted: [String: Run]

  /// With `steps` only so many evenly spaced commits.
  /// - Throws: `CommandFailure` where `range` is none, or is empty.
  package init(
    _ range: String, steps: Int?, profile: Profile, selection: Selection,
    repository: GitRepository, store: ResultsStore
  ) throws {
    guard let (base, head) = try repository.resolveRange(range) else {
      throw CommandFailure(
        "'\(Printable.text(range))' is no range; write A..B, such as v1.2..HEAD.")
    }
    let all = try repository.commits(after: base, upTo: head, firstParents: true)
    guard !all.isEmpty else {
      throw CommandFailure(
        "'\(Printable.text(range))' is empty: \(head.shortHash) has no commit that "
          + "\(base.shortHash) has not.")
    }
    let newestFirst = Array(all.reversed())
    commits = steps.map(newestFirst.evenlySpaced) ?? newestFirst
    let machine = MachineProbe().machineClass()
    let runs = try store.runs().filter {
      $0.machines == [machine] && !$0.run.revision.isDirty && $0.processes > 0
    }
    let recorded = Set(runs.filter { $0.records(selection) }.map(\.run.revision.commit.hash))
    missing = commits.filter { !recorded.contains($0.hash) }
    let unfinished = runs.filter {
      $0.status == .interrupted && $0.run.purpose == .backfill && $0.run.profile == profile
        && $0.run.selection == selection
    }
    interrupted = Dictionary(
      unfinished.map { ($0.run.revision.commit.hash, $0.run) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension StoredRun {
  /// Whether it measured, to its end, what `selection` selects or everything.
  fileprivate func records(_ selection: Selection) -> Bool {
    let isOver = status == .completed || status == .failed
    let isRecording = [.record, .backfill, .import].contains(run.purpose)
    return isOver && isRecording && [selection, Selection()].contains(run.selection)
  }
}
