import BenchComparer
import BenchModel
import BenchOutput
import BenchTestSupport
import Foundation

/// A history of sixty commits with everything a page can show, seeded, hostile names included.
enum PageExample {
  static let hostileName = "throughput/<script>alert(1)</script>"
  static let hostileSubject = "Close </title> and </script> early, \"quoted\" & 'so' \u{202E}"

  static let line = CommitLine(
    name: "main", order: .repository, commits: commits,
    elsewhere: [commit(900, "Try something on a branch")])

  private static let commits = (0..<60).map { index in
    LineCommit(
      commit: commit(index, index == 47 ? hostileSubject : subjects[index % subjects.count]),
      position: index * 2, tags: tags[index] ?? [])
  }
  private static let tags = [8: ["v1.0"], 31: ["v1.1"], 59: ["nightly"]]
  private static let subjects = [
    "Group records by their interned keys", "Read the configuration once", "Mend a flaky test",
    "Keep the window of a batch in place", "Let the consumer ask for more than one batch at a time",
    "Document the worker protocol", "Raise the smallest batch",
  ]

  static func commit(_ number: Int, _ subject: String) -> Commit {
    let date = Date(timeIntervalSince1970: 1_760_000_000 + Double(number) * 150_000)
    let hash = SHA256.hexadecimal(of: "commit \(number)".utf8).prefix(40)
    return Commit(
      hash: String(hash), author: "Ada", authored: date, committed: date, subject: subject)
  }

  static let machine = MachineClass(
    architecture: "x86_64", cpuModel: "AMD EPYC", cores: 2, memoryBucketGiB: 8, system: "Linux 6")
  static let otherMachine = MachineClass(
    architecture: "arm64", cpuModel: "Apple M4", cores: 10, memoryBucketGiB: 16,
    system: "Darwin 25")

  static let setting = TrendSetting(
    project: "demo", line: line,
    links: CommitLinks(pattern: "https://example.org/commit/{commit}") ?? CommitLinks(),
    marks: [.init(commit: commits[20].commit.hash, label: "baseline release")],
    acceptances: acceptances, generated: generated, toolVersion: "1.0")

  static let generated = Date(timeIntervalSince1970: 1_770_000_000)
  static let today = Day(generated)

  static let acceptances = [
    Acceptance(
      series: SeriesKey(benchmark: BenchmarkKey(id: "memory/grouped"), metric: "allocations"),
      from: commits[40].commit.hash, to: commits[45].commit.hash, size: 0.15,
      reason: "Groups <b>remember</b> their order", author: "Ada", accepted: day,
      until: Day("2026-12-31")),
    Acceptance(
      series: SeriesKey(benchmark: BenchmarkKey(id: hostileName), metric: "wall"),
      from: commits[44].commit.hash, to: commits[46].commit.hash, size: 0.05, author: "Grace",
      accepted: day),
    Acceptance(
      series: SeriesKey(benchmark: BenchmarkKey(id: "latency/first batch"), metric: "wall"),
      from: commit(901, "").hash, to: commit(902, "").hash, size: 0.05, author: "Ada",
      accepted: day, until: day),
  ]

  private static let day = Day(Date(timeIntervalSince1970: 1_765_000_000))

  /// Every series measured, in the order of their names.
  static let series: [MeasuredSeries] = [
    measured("latency/first batch", level: 180_000) { $0 < 50 ? 1 : 0.88 },
    measured("latency/first batch", level: 95_000, on: otherMachine) { _ in 1 },
    measured("latency/stages depth=4", level: 2.4e6) { 1 + 0.004 * Double(max($0 - 20, 0)) },
    measured("memory/grouped", level: 4_400, metric: .allocations.gated(true), noise: 0) {
      $0 < 44 ? 1 : 1.15
    },
    measured("memory/retired", level: 64 * 1024 * 1024, metric: .peakResidentBytes) {
      $0 < 30 ? 1 : .nan
    },
    measured(hostileName, level: 31.2e6) { $0 < 46 ? 1 : 1.085 },
    measured("throughput/joined", level: 12.5e6) { (32..<50).contains($0) ? 1.12 : 1 },
    measured("throughput/new", level: 7e6) { $0 < 57 ? .nan : 1 },
    measured("throughput/simple", level: 8e6) { $0 == 25 ? 1.4 : 1 },
  ]

  static let histories = series.map { measured in
    let history = HistoryAnalyser(family: series.count).analyse(measured)
    return measured.key.benchmark.id == "throughput/joined" ? bump(in: history) : history
  }

  /// `history` with the two steps that its shape has, told by hand: up at commit 32 and back at 50.
  private static func bump(in history: SeriesHistory) -> SeriesHistory {
    let points = history.points
    let (up, down) = (
      points.firstIndex { $0.commit >= 32 } ?? 0, points.firstIndex { $0.commit >= 50 } ?? 0
    )
    let levels = [0..<up, up..<down, down..<points.count].map { range in
      let value = points[range].map(\.median).reduce(0, +) / Double(range.count)
      return Level(points: range, value: value, lower: value * 0.998, upper: value * 1.002)
    }
    let changes = [(up, 0, 0.12), (down, 1, -0.107)].map { point, level, size in
      ChangePoint(
        point: point, lastBefore: points[point - 1].commit, firstAfter: points[point].commit,
        before: levels[level], after: levels[level + 1],
        change: RelativeShift(estimate: size, lower: size - 0.005, upper: size + 0.005),
        pValue: 0.001, isProvisional: false)
    }
    return SeriesHistory(
      key: history.key, metric: history.metric, version: history.version,
      machine: history.machine, source: history.source, points: points, levels: levels,
      changePoints: changes)
  }

  /// `shape` gives the level of a commit, relative to `level`; not a number where it was not
  /// measured.
  static func measured(
    _ name: String, level: Double, metric: Metric = .wall.gated(true), noise: Double = 0.006,
    on machine: MachineClass = machine, commits: Int = 60, processes: Int = 10,
    shape: (Int) -> Double
  ) -> MeasuredSeries {
    var random = SeededRandom(seed: UInt64(name.utf8.count) &* 7919 &+ level.bitPattern)
    var sessions: [MeasuredSession] = []
    for commit in 0..<commits where shape(commit).isFinite && commit % 9 != 5 {
      let drawn = random.nextNormal()
      let values = (0..<processes).map { _ in
        let spread = noise * (drawn / 2 + random.nextNormal() + abs(random.nextNormal()))
        return level * shape(commit) * (1 + spread)
      }
      sessions.append(
        MeasuredSession(
          commit: commit,
          location: location(commit, isDirty: commit == 40, isInterrupted: commit == 52),
          values: values))
    }
    let words = name.split(separator: " ")
    let parameters = words.filter { $0.contains("=") }.map { $0.split(separator: "=") }
    return MeasuredSeries(
      key: SeriesKey(
        benchmark: BenchmarkKey(
          id: words.filter { !$0.contains("=") }.joined(separator: " "),
          parameters: Dictionary(
            parameters.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { $1 })),
        metric: metric.name), metric: metric, machine: machine,
      source: BenchModel.SourceLocation(file: "Sources/Benchmarks/Suite.swift", line: 40),
      sessions: sessions)
  }

  private static func location(
    _ commit: Int, isDirty: Bool, isInterrupted: Bool
  ) -> MeasuredSession.Location {
    MeasuredSession.Location(
      session: UUID(), run: UUID(), started: Date(timeIntervalSince1970: Double(commit)),
      differenceHash: isDirty ? "abc" : nil, runStatus: isInterrupted ? .interrupted : .completed)
  }

  /// The page of all of it, made once.
  static let wholeTrend = trend()

  /// The whole page.
  static func trend(
    _ histories: [SeriesHistory] = histories, setting: TrendSetting = setting
  ) -> String {
    var page = TrendPage(setting, seriesCount: histories.count)
    let sections = histories.flatMap { page.section($0) }
    return String(decoding: page.opening + sections + page.closing, as: UTF8.self)
  }

  /// The page of the comparison that the documentation shows, its changed row drawn.
  static var comparison: String {
    var random = SeededRandom(seed: 5)
    func values(_ middle: Double) -> [Double] {
      (0..<10).map { _ in middle * (1 + 0.006 * random.nextNormal()) }
    }
    let key = SeriesKey(benchmark: BenchmarkKey(id: "suite/benchmark0"), metric: "wall")
    let page = ComparisonPage(
      Example.everything, setting: Example.setting, project: "demo",
      processes: [key: ComparedProcesses(base: values(31.2e6), head: values(33.6e6))],
      commits: ComparedCommits(
        base: commit(3, "Mend a flaky test"), head: commit(4, hostileSubject),
        links: setting.links),
      generated: Date(timeIntervalSince1970: 1_770_000_000), toolVersion: "1.0")
    return String(decoding: page.bytes, as: UTF8.self)
  }
}
