package import BenchModel
package import BenchOutput
package import BenchRunner
import TextCoding

/// What one session of a recording came to, in words for whoever asked for it.
package struct RecordingOutcome {
  package let run: Run
  package let result: RecordingResult
  package let summary: RecordSummary

  package init(run: Run, result: RecordingResult, summary: RecordSummary) {
    self.run = run
    self.result = result
    self.summary = summary
  }

  /// A sentence for each benchmark that was given up.
  package var skippedNotes: [String] {
    result.skipped.map { skipped in
      "\(Printable.text(skipped.benchmark.description)) failed "
        + "\(Recording.identicalFailureLimit) times in the same way; its other "
        + "\(English.count(skipped.processes, "process", "processes")) were not started."
    }
  }

  /// Why the command ends with another status than 0; `nil` where everything was measured.
  package var failure: CommandFailure? {
    if result.isInterrupted {
      return CommandFailure(
        "interrupted; \(result.completed) finished processes are stored as run \(run.shortID), "
          + "`benchdb record --resume` completes it.", status: .interrupted)
    }
    guard failedBenchmarks > 0 else { return nil }
    return CommandFailure(
      "\(English.count(failedBenchmarks, "benchmark")) failed; everything else is stored as run "
        + "\(run.shortID).", status: .failure)
  }

  package var nextSteps: String {
    "stored as run \(run.shortID). next: benchdb compare · benchdb show \(run.shortID)"
  }

  var failedBenchmarks: Int { Set(summary.failures.map(\.benchmark)).count }

  /// Answers with the summary and says what is to be done next.
  /// - Throws: `failure`.
  func report(on console: Console, showsAll: Bool) throws {
    console.answer(summary.text(showsAll: showsAll, width: console.width, style: console.style))
    skippedNotes.forEach(console.note)
    if let failure { throw failure }
    console.note(nextSteps)
  }
}
