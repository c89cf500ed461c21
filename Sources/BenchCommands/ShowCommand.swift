import ArgumentParser
import BenchModel
import BenchOutput
import BenchStore
import BenchWorkflows
import Foundation
import TextCoding

/// `benchdb show`: one run, or the history of one series.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a run, or the history of a benchmark.",
    discussion: """
      Without an argument, the latest run. Otherwise the first digits of a run as `benchdb list` \
      gives them, or the name of a benchmark or series as `benchdb show` gives it; a name that \
      fits several shows them all.

      Examples:
        benchdb show
        benchdb show 1a2b3c4d --all
        benchdb show throughput/grouped
        benchdb show 'throughput/grouped records=100000 · cpu' --last 3
        benchdb show throughput/grouped --why       code or machine? compare's sides
        benchdb show throughput/grouped --why v1.2 HEAD
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "A run or a series.")
  var subject: String?

  @Argument(help: "With --why, what to compare with.", completion: .default)
  var base: String?

  @Argument(
    help: "With --why, what is explained (default: what is checked out).", completion: .default)
  var head: String?

  @Flag(help: "Say whether the code or the machine changed the figures, by what was counted.")
  var why = false

  @Option(help: ArgumentHelp("Of a series, only the latest sessions.", valueName: "count"))
  var last = 10

  @Flag(help: "Show every metric, not only those that gate.")
  var all = false

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func validate() throws {
    guard last > 0 else { throw ValidationError("--last: expected a whole number above 0.") }
    guard why || base == nil else {
      throw ValidationError("a second name is a side to compare with, and needs --why.")
    }
    guard !why || subject != nil else {
      throw ValidationError("--why needs a series or a benchmark, as in `show throughput --why`.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    if why, let subject {
      return try WhyAnswer(workspace: workspace, subject: subject, base: base, head: head)
        .show(format: format)
    }
    let store = try workspace.openForReading()
    if let run = try run(in: store) {
      show(try store.detail(ofRun: run, isAlive: Workspace.isAlive), on: workspace.console)
    } else {
      try show(series(in: store), of: store, on: workspace.console)
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

  private func show(_ run: RunDetail, on console: Console) {
    console.answer(
      format == .json
        ? RunDetailJSON.text(run)
        : RunText.text(run, showsAll: all, width: console.width, style: console.style))
  }

  private func show(_ series: [StoredSeries], of store: ResultsStore, on console: Console) throws {
    let entries = try series.map { try store.entries(of: $0, last: last) }
    if format == .json { return console.answer(SeriesJSON.text(entries.flatMap(\.self))) }
    let texts = entries.map {
      SeriesText.text($0, width: console.width, style: console.style)
    }
    console.answer(texts.joined(separator: "\n"))
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
    let chosen = all || gates.isEmpty ? found : gates
    guard chosen.isEmpty else { return chosen }
    let names = Swift.Set(known.map(\.key.benchmark.id)).sorted()
    let meant = Suggestion.closest(to: subject, in: names).map {
      " Did you mean '\(Printable.text($0))'?"
    }
    throw CommandFailure(
      "there is no run and no series '\(Printable.text(subject))'."
        + (meant ?? " `benchdb list` shows the runs, `benchdb show` the series of the latest."))
  }
}
