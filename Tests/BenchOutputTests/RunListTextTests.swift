import BenchModel
import BenchOutput
import Foundation
import Testing

@Suite struct RunListTextTests {
  @Test("Runs, a run, a series, a machine and a database read as agreed", arguments: [80, 120])
  func golden(_ width: Int) throws {
    try expectGolden(RunListText.text([Listed.run], width: width), "list-\(width).txt")
    try expectGolden(RunText.text(Listed.detail, width: width), "run-\(width).txt")
    try expectGolden(SeriesText.text([Listed.entry], width: width), "series-\(width).txt")
    try expectGolden(
      MachineText.text(Listed.machine, state: Listed.state, width: width), "machine-\(width).txt")
    try expectGolden(DatabaseHealthText.text(Listed.health, width: width), "doctor-\(width).txt")
  }

  @Test("The same for programs")
  func json() throws {
    try expectGolden(RunListJSON.text([Listed.run]), "list.json")
    try expectGolden(RunDetailJSON.text(Listed.detail), "run.json")
    try expectGolden(SeriesJSON.text([Listed.entry]), "series.json")
    try expectGolden(MachineJSON.text(Listed.machine, state: Listed.state), "machine.json")
  }

  @Test("Nothing stored is said in words that lead on")
  func empty() {
    #expect(RunListText.text([]) == "No runs yet. next: benchdb record\n")
    #expect(SeriesText.text([]) == "No measurements.\n")
    #expect(RecordSummary().text() == "Nothing was measured.\n")
  }

  @Test("A recording names what failed first, then every gate series")
  func recordSummary() throws {
    var summary = RecordSummary()
    for order in 0..<4 {
      summary.add(Listed.process(order, .completed))
    }
    summary.add(Listed.process(4, .timedOut(seconds: 30)))
    summary.add(Listed.process(5, .crashed(description: "ended by signal 11")))
    let text = summary.text(width: 80)
    try expectGolden(text, "record-80.txt")
    try expectGolden(summary.json, "record.json")
    #expect(summary.failures.map(\.order) == [4, 5])
    #expect(text.hasPrefix("throughput/grouped failed: timed out after 30 s\n"))
    #expect(!text.contains("· cpu") && summary.text(showsAll: true).contains("· cpu"))
  }

  @Test("A damaged, swollen or wasteful database gets advice, a healthy one none")
  func advice() {
    #expect(DatabaseAdvice.of(Listed.health) == [])
    let ill = DatabaseHealth(
      path: "x", sizeBytes: 0, walBytes: 1 << 30, schemaVersion: 1, pageBytes: 4096,
      pages: 10_000, freePages: 9_000, tables: [], integrity: "row 3 missing", oldestRun: nil,
      newestRun: nil)
    #expect(DatabaseAdvice.of(ill).count == 4)
    #expect(DatabaseAdvice.of(ill)[0].contains("damaged"))
  }

  @Test("Strips draw every finite sample and never more columns than asked")
  func strips() {
    #expect(DotStrip.histogram([1, 1, 1, 2], width: 2) == "█▃")
    #expect(DotStrip.histogram([1, 1], width: 4) == "█   ")
    #expect(DotStrip.histogram([.nan, .infinity], width: 4) == "")
    #expect(DotStrip.histogram([1e308, -1e308], width: 2) == "██")
    #expect(DotStrip.course([1e308, -1e308, 0], width: 3) == "█▁▅")
    let most = Double.greatestFiniteMagnitude
    #expect(DotStrip.course([most, -most], width: 1) == "▁")
    #expect(DotStrip.course([Double](repeating: most, count: 7) + [-most], width: 2).count == 2)
    #expect(DotStrip.histogram([0, .leastNonzeroMagnitude], width: 2) == "██")
    #expect(DotStrip.course([1, 2, 3], width: 10) == "▁▅█")
    #expect(DotStrip.course([5, 5], width: 10) == "▁▁")
    for count in 0...40 {
      let values = (0..<count).map { Double($0 * 7 % 11) }
      #expect(DotStrip.course(values, width: 16).count == min(16, count))
      #expect(DotStrip.histogram(values, width: 16).count == (count == 0 ? 0 : 16))
    }
  }
}

enum Listed {
  static let started = Date(timeIntervalSince1970: 1_795_437_350)
  static let machine = MachineClass(
    architecture: "x86_64", cpuModel: "AMD EPYC", cores: 2, memoryBucketGiB: 32, system: "Linux 6",
    virtualisation: "kvm")
  static let state: MachineState = {
    var state = MachineState()
    state.kernel = "6.18.44"
    state.load = 1.5
    state.cpuPressure = 3.5
    state.isTurboOn = true
    state.availableMemoryBytes = 20 << 30
    return state
  }()
  static let revision = Revision(
    commit: Commit(
      hash: String(repeating: "4f2c1aa0", count: 5), authored: started, committed: started,
      subject: "Group by two columns at once"), differenceHash: "d1ff")
  static let run = RunSummary(
    id: identifier(1), revision: revision, purpose: .record, profile: "quick", status: .failed,
    started: started, processes: ProcessTally(planned: 40, completed: 38, failed: 2),
    machine: machine, benchmarks: 4)
  static let entry = SeriesHistoryEntry(
    key: SeriesKey(
      benchmark: BenchmarkKey(id: "throughput/grouped", parameters: ["records": "1000"]),
      metric: "wall"), metric: Example.wall, version: 1, run: run.id, session: identifier(2),
    revision: revision, started: started, machine: machine,
    processes: (0..<3).map { order in
      let samples = (0..<20).map { 31.0e6 + Double(order * 100_000 + $0 * 7 % 20 * 10_000) }
      return ProcessSummary(
        order: order, summary: MeasurementSummary(of: samples), samples: samples)
    })
  static let detail = RunDetail(
    summary: run,
    sessions: [
      Session(id: identifier(2), run: run.id, machine: machine, state: state, started: started)
    ],
    series: [entry],
    failures: [
      ProcessFailure(
        benchmark: BenchmarkKey(id: "latency/step"), order: 7,
        outcome: .failed(reason: "wrong result", detail: "3 instead of 4"),
        standardError: "first line\nsecond \u{1B}[31mline\n")
    ])
  static let health = DatabaseHealth(
    path: ".benchdb/results.sqlite", sizeBytes: 5 << 20, walBytes: 0, schemaVersion: 1,
    pageBytes: 4096, pages: 1280, freePages: 12,
    tables: [.init(table: "runs", rows: 12), .init(table: "processes", rows: 4800)],
    integrity: "ok", oldestRun: started, newestRun: started)

  static func process(_ order: Int, _ outcome: ProcessOutcome) -> ProcessRecord {
    let values = (0..<5).map { 31.0e6 + Double(order * 100_000 + $0 * 1_000) }
    let measurements = [Example.wall, .cpu].map {
      MetricSamples(
        metric: $0, values: values, iterations: values.map { _ in 1 }, warmUpCount: 0,
        summary: MeasurementSummary(of: values))
    }
    return ProcessRecord(
      session: identifier(2), build: Build(revision: revision, toolchain: "", binaryHash: ""),
      benchmark: BenchmarkDeclaration(
        key: BenchmarkKey(id: "throughput/grouped"), metrics: [Example.wall, .cpu]),
      pass: .timing, order: order, started: started, seconds: 1, outcome: outcome,
      standardError: outcome.isCompleted ? "" : "killed\n",
      measurements: outcome.isCompleted ? measurements : [])
  }

  private static func identifier(_ digit: Int) -> UUID {
    UUID(uuidString: "0000000\(digit)-0000-4000-8000-000000000000") ?? UUID()
  }
}
