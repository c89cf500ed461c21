import BenchModel
import BenchOutput
import BenchStore
import Foundation
import TextCoding

/// `benchdb show`: one run, or the history of one series.
package struct ShowRequest {
  private let workspace: Workspace
  /// The first digits of a run, or a series; the latest run where it is `nil`.
  private let subject: String?
  /// How many of the latest sessions of a series.
  private let last: Int
  private let showsAll: Bool

  package init(
    _ subject: String? = nil, last: Int = 10, showsAll: Bool = false, in workspace: Workspace
  ) {
    self.subject = subject
    self.last = last
    self.showsAll = showsAll
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` where nothing is of that name.
  package func run() throws -> DataAnswer {
    let store = try workspace.openForReading()
    if let run = try run(in: store) {
      return answer(try store.detail(ofRun: run, isAlive: Workspace.isAlive))
    }
    let entries = try series(in: store).map { try store.entries(of: $0, last: last) }
    return DataAnswer(json: SeriesJSON.text(entries.flatMap(\.self))) { width, style in
      entries.map { SeriesText.text($0, width: width, style: style) }.joined(separator: "\n")
    }
  }

  private func answer(_ run: RunDetail) -> DataAnswer {
    DataAnswer(json: RunDetailJSON.text(run)) { [showsAll] width, style in
      RunText.text(run, showsAll: showsAll, width: width, style: style)
    }
  }

  private func run(in store: ResultsStore) throws -> UUID? {
    guard let subject else {
      guard let latest = try store.runSummaries(limit: 1, isAlive: Workspace.isAlive).first else {
        throw CommandFailure("there are no runs yet; `benchdb record` makes one.")
      }
      return latest.id
    }
    guard subject.allSatisfy({ $0.isHexDigit || $0 == "-" }) else { return nil }
    return try store.run(subject).run.id
  }

  /// The series that `subject` names in full, else those of the benchmark that it names, else those
  /// whose name it begins.
  private func series(in store: ResultsStore) throws -> [StoredSeries] {
    let subject = subject ?? ""
    let known = try store.series()
    let candidates = [
      known.filter { $0.key.description == subject },
      known.filter { $0.key.benchmark.description == subject },
      known.filter { $0.key.benchmark.id == subject },
      known.filter { $0.key.description.hasPrefix(subject) },
    ]
    let found = candidates.first { !$0.isEmpty } ?? []
    let gates = found.filter(\.metric.isGate)
    let chosen = showsAll || gates.isEmpty ? found : gates
    guard chosen.isEmpty else { return chosen }
    let names = Set(known.map(\.key.benchmark.id)).sorted()
    let meant = Suggestion.closest(to: subject, in: names).map {
      " Did you mean '\(Printable.text($0))'?"
    }
    throw CommandFailure(
      "there is no run and no series '\(Printable.text(subject))'."
        + (meant ?? " `benchdb list` shows the runs, `benchdb show` the series of the latest."))
  }
}
