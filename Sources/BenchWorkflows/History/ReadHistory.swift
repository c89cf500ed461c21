package import BenchComparer
package import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// The histories that a command was asked for, read and judged one after another.
package struct ReadHistory {
  package let line: CommitLine
  package let rule = HistoryRule()
  /// What people have accepted, as of today.
  package let accepted: AcceptedHistory
  private let store: ResultsStore
  private let wanted: [StoredSeries]

  /// - Throws: `CommandFailure` where nothing was measured, or nothing of what was asked for.
  package init(_ selection: HistorySelection, in workspace: Workspace) throws {
    store = try workspace.openForReading()
    try workspace.completeCommits(of: store)
    let measured = try store.measuredCommits()
    guard !measured.isEmpty else {
      throw CommandFailure("there are no results yet; `benchdb record` makes some.")
    }
    line = try LineChoice(selection, workspace: workspace).line(of: measured)
    accepted = AcceptedHistory(
      try AcceptanceBook(workspace: workspace).standing(), on: line, today: Day(Date()))
    wanted = try SeriesChoice(selection, settings: workspace.settings).chosen(of: store.series())
  }

  /// Every baseline that is stored.
  var baselines: [Baseline] { get throws { try store.baselines() } }

  /// Every class of machines that measured anything.
  var machines: [MachineClass] { get throws { try store.machineClasses() } }

  /// Hands over one series and class of machines after another, in the order of their names, and
  /// how many there will be at most.
  ///
  /// The rows of one part of the snapshot are held at a time, and few histories, however many
  /// commits there are.
  package func forEach(_ body: (SeriesHistory, Int) throws -> Void) throws {
    let snapshot = try store.historySnapshot(of: wanted, on: line)
    var judging = HistoryJudging(
      HistoryAnalyser(
        family: snapshot.family, rule: rule, isOrderKnown: line.order != .unknown))
    func hand(_ histories: [SeriesHistory]) throws {
      for history in histories { try body(history, snapshot.family) }
    }
    var series = 0
    for index in 0..<snapshot.partCount {
      for rows in try snapshot.part(index) {
        if rows.count > 0 { try hand(judging.add(snapshot.histories(of: series, rows))) }
        series += 1
      }
    }
    try hand(judging.finish())
  }
}

/// The choice of the commits that a history is made of.
private struct LineChoice {
  private let repository: GitRepository?
  private let branch: String?
  private let since: String?
  private let last: Int?
  private let workspace: Workspace

  init(_ selection: HistorySelection, workspace: Workspace) throws {
    let settings = workspace.settings
    self.workspace = workspace
    branch = try settings.value(of: .branch, flag: selection.branch)
    since = try settings.value(of: .since, flag: selection.since)
    last = try settings.value(of: .last, flag: selection.last)
    // Results can be looked at anywhere; a branch can only be followed in a repository.
    repository = branch == nil ? try? workspace.repository() : try workspace.repository()
  }

  func line(of measured: [Commit]) throws -> CommitLine {
    let whole = try followed(measured) ?? CommitLine(measured: measured)
    let first = try since.map { try start($0, on: whole) } ?? 0
    let latest = last.map { max(0, whole.commits.count - $0) } ?? 0
    let line = whole.suffix(from: min(max(first, latest), whole.commits.count))
    guard !line.commits.isEmpty else {
      throw CommandFailure("no commit since \(Printable.text(since ?? "")) was measured.")
    }
    return line
  }

  /// The commits along git's first parents; `nil` where the results are not of this repository.
  private func followed(_ measured: [Commit]) throws -> CommitLine? {
    guard let repository else { return nil }
    guard let name = try branch ?? headName(repository) else { return nil }
    let line = CommitLine(
      name: name, firstParents: try repository.firstParentHashes(of: branch ?? "HEAD"),
      tags: try repository.tags, measured: measured)
    if line == nil, branch != nil {
      throw CommandFailure("no commit of \(Printable.text(name)) was measured.")
    }
    if line == nil {
      workspace.console.note("None of the measured commits is in the history of \(name).")
    }
    try noteShallow(repository, line)
    return line
  }

  /// Says that commits are missing on the line because the clone's history ends before them.
  private func noteShallow(_ repository: GitRepository, _ line: CommitLine?) throws {
    guard line?.elsewhere.isEmpty != true, try repository.isShallow else { return }
    workspace.console.note(
      "This is a shallow clone, whose history ends before measured commits that may be on this "
        + "line; `git fetch --unshallow` gets the rest of history.")
  }

  /// `nil` in a repository without commits.
  private func headName(_ repository: GitRepository) throws -> String? {
    guard let head = try? repository.head() else { return nil }
    return try repository.currentBranch ?? head.shortHash
  }

  private func start(_ text: String, on line: CommitLine) throws -> Int {
    if let day = Self.day(text) { return Self.start(day, on: line) }
    guard let repository else { _ = try workspace.repository(); return 0 }
    let commit = try repository.resolve(text)
    if let exact = line.commits.firstIndex(where: { $0.commit.hash == commit.hash }) {
      return exact
    }
    return commit.committed.map { Self.start($0, on: line) } ?? 0
  }

  /// The first commit of a day or later. Commits of an unknown date that lie before it may be as
  /// late, and stay.
  private static func start(_ day: Date, on line: CommitLine) -> Int {
    let dates = line.commits.map(\.commit.committed)
    let first = dates.firstIndex { $0.map { $0 >= day } ?? false } ?? dates.count
    return dates[..<first].lastIndex { $0 != nil }.map { $0 + 1 } ?? 0
  }

  /// Midnight in universal time; `nil` where the text is no day.
  private static func day(_ text: String) -> Date? {
    CalendarDay(text).map { Date(timeIntervalSince1970: Double($0.daysSinceEpoch) * 86_400) }
  }
}

/// The choice of the series that are looked at.
private struct SeriesChoice {
  private let suites: [String]
  private let filter: Regex<AnyRegexOutput>?
  private let showsAll: Bool

  init(_ selection: HistorySelection, settings: Settings) throws {
    suites =
      selection.suite.isEmpty
      ? try settings.value(of: .historySuite, flag: nil) ?? [] : selection.suite
    filter = try settings.value(of: .historyFilter, flag: selection.filter).map { try Regex($0) }
    showsAll = selection.all
  }

  /// The series that gate, or all where none does; of each the latest version, since an older one
  /// measured something else.
  func chosen(of known: [StoredSeries]) throws -> [StoredSeries] {
    let matching = known.filter(matches)
    guard !matching.isEmpty else {
      let suites = Set(known.map(\.key.benchmark.suite)).sorted().joined(separator: ", ")
      throw CommandFailure(
        "no series is of that name; the suites are \(Printable.text(suites)), and "
          + "`benchdb trend --all` shows every series.")
    }
    let gates = matching.filter(\.metric.isGate)
    let chosen = showsAll || gates.isEmpty ? matching : gates
    let latest = Dictionary(grouping: chosen, by: \.key).mapValues { series in
      series.map(\.version).max()
    }
    return chosen.filter { $0.version == latest[$0.key] }
  }

  private func matches(_ series: StoredSeries) -> Bool {
    (suites.isEmpty || suites.contains(series.key.benchmark.suite))
      && (filter.map { series.key.description.firstMatch(of: $0) != nil } ?? true)
  }
}

/// The part of history that is looked at, as the command line says; what is `nil` is looked up in
/// the settings.
package struct HistorySelection: Sendable {
  /// The branch or revision whose first parents are followed.
  package var branch: String?
  /// A revision or a day.
  package var since: String?
  /// How many of the latest measured commits.
  package var last: String?
  package var suite: [String] = []
  /// A regular expression.
  package var filter: String?
  /// Whether series that do not gate are looked at, too.
  package var all = false

  package init(
    branch: String? = nil, since: String? = nil, last: String? = nil, suite: [String] = [],
    filter: String? = nil, all: Bool = false
  ) {
    self.branch = branch
    self.since = since
    self.last = last
    self.suite = suite
    self.filter = filter
    self.all = all
  }
}
