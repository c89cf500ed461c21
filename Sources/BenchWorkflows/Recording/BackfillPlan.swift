package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// The commits of a range that are to be recorded, newest first.
package struct BackfillPlan {
  /// The commits that were asked for.
  package let commits: [Commit]
  /// The commits of the range that were never recorded.
  package let missing: [Commit]
  /// The interrupted runs that can be resumed, by the commit's hash.
  package let interrupted: [String: Run]

  /// A plan for as many commits as `steps` says, evenly spaced over the range, or for all of them.
  /// Only recordings on `machine` count.
  /// - Throws: `CommandFailure` where `range` is no range, or is empty.
  package init(
    _ range: String, steps: Int?, profile: Profile, selection: Selection,
    repository: GitRepository, store: ResultsStore,
    machine: MachineClass = MachineProbe().machineClass()
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

  /// What there is to do.
  package var announcement: String {
    "\(English.count(commits.count, "commit")): "
      + "\(Digits.grouped(commits.count - missing.count)) recorded before, "
      + "\(Digits.grouped(missing.count)) to record, newest first."
  }

  /// Which missing commit comes next after so many are done, and how long the rest may take.
  package func announcement(ofMissing done: Int, elapsedSeconds: Double) -> String {
    let left = Double(missing.count - done)
    let time =
      done > 0
      ? ", about \(WaitingTime.text(seconds: elapsedSeconds / Double(done) * left)) left" : ""
    let commit = missing[done]
    return "\(done + 1) of \(missing.count)\(time): \(commit.shortHash), \(commit.subject)"
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
