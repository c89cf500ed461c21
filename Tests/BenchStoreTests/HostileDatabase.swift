import BenchModel
import BenchStore
import BenchTestSupport
import Foundation

/// Fills a database by the two ways in, recording and importing, with what is hardest to carry.
struct HostileDatabase {
  private var texts: HostileText
  private var number = 0

  init(seed: UInt64) { texts = HostileText(random: SeededRandom(seed: seed)) }

  mutating func fill(_ store: ResultsStore) throws {
    for _ in 1...2 { try record(in: store) }
    _ = try imported(foreignLines(), into: store)
    try store.set(
      Baseline(
        name: texts.name(upTo: 5000), revision: Revision(commit: commit()),
        created: StoredExample.start, note: texts.text(upTo: 5000)))
    try store.add(acceptance())
  }

  // MARK: Recorded

  private mutating func record(in store: ResultsStore) throws {
    number += 1
    let revision = Revision(commit: commit(), differenceHash: texts.text(upTo: 64))
    let run = Run(
      revision: revision, purpose: .record, profile: .full, seed: texts.random.next(),
      started: StoredExample.start + Double(number), toolVersion: texts.text(upTo: 5000),
      plannedProcesses: 3,
      selection: Selection(suites: [texts.text(upTo: 500)], filter: texts.text(upTo: 5000)),
      recorder: StoredExample.recorder)
    let session = Session(
      run: run.id, machine: machine(), state: MachineState(), started: run.started)
    try store.begin(run)
    try store.begin(session)
    for order in 0..<4 { try store.save(process(in: session, revision, order: order)) }
    try store.finish(run: run.id, status: .completed)
  }

  private mutating func process(
    in session: Session, _ revision: Revision, order: Int
  ) -> ProcessRecord {
    let metrics = ["ms", "points", texts.text(upTo: 200)].enumerated().map { index, unit in
      Metric(
        name: "\(index)" + texts.text(upTo: 199), unit: Unit(rawValue: unit), direction: .higher,
        isGate: index > 0)
    }
    let declaration = BenchmarkDeclaration(
      key: benchmark(), version: Int.random(in: 1...1_000_000_000, using: &texts.random),
      metrics: metrics, source: SourceLocation(file: texts.name(upTo: 4096), line: 1))
    let outcomes: [ProcessOutcome] = [
      .completed, .failed(reason: texts.text(upTo: 5000), detail: texts.text(upTo: 5000)),
      .crashed(description: texts.text(upTo: 5000)), .timedOut(seconds: 1e-300),
    ]
    return StoredExample.process(
      in: session,
      build: Build(
        revision: revision, toolchain: texts.text(upTo: 4096), binaryHash: texts.text(upTo: 64)),
      benchmark: declaration, order: order, outcome: outcomes[order],
      measurements: metrics.map { StoredExample.measurement($0, values()) },
      facts: WorkerFacts(harness: texts.text(upTo: 200)))
  }

  private mutating func values() -> [Double] {
    let hostile = [0, .leastNonzeroMagnitude, 1e-300, 1.0 / 3, 1e15, 1e150, 123_456.789]
    return (0..<3).map { _ in hostile.randomElement(using: &texts.random) ?? 0 }
  }

  // MARK: What both have

  /// A commit of any length and any date, or none.
  private mutating func commit() -> Commit {
    func date() -> Date? {
      guard Int.random(in: 0..<3, using: &texts.random) > 0 else { return nil }
      return Date(
        timeIntervalSince1970: Double.random(in: -1e13...1e13, using: &texts.random).rounded())
    }
    let parents = Bool.random(using: &texts.random) ? 1500 : Int(texts.random.next() % 3)
    return Commit(
      hash: hash(), parents: (0..<parents).map { _ in hash() }, author: texts.text(upTo: 6000),
      authored: date(), committed: date(), subject: texts.text(upTo: 6000), tree: hash())
  }

  private mutating func hash() -> String {
    (0..<5).map { _ in
      let digits = String(UInt32(truncatingIfNeeded: texts.random.next()), radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func benchmark() -> BenchmarkKey {
    BenchmarkKey(
      id: texts.name(upTo: 4096),
      parameters: Dictionary(
        (0..<4).map { ("\($0)" + texts.text(upTo: 2000), texts.text(upTo: 2000)) },
        uniquingKeysWith: { $1 }))
  }

  private mutating func machine() -> MachineClass {
    MachineClass(
      architecture: texts.text(upTo: 100), cpuModel: texts.name(upTo: 5000), cores: 0,
      memoryBucketGiB: Int(texts.random.next() >> 33), system: texts.text(upTo: 5000),
      virtualisation: "", containerLimits: "", runnerImage: texts.text(upTo: 5000))
  }

  private mutating func acceptance() -> Acceptance {
    Acceptance(
      series: SeriesKey(benchmark: benchmark(), metric: texts.text(upTo: 5000)), from: hash(),
      to: hash(), size: 1e300, reason: texts.text(upTo: 5000), author: texts.text(upTo: 5000),
      accepted: Day(StoredExample.start), until: Day("9999-12-31"))
  }

  // MARK: Imported

  /// Lines of another harness, whose texts are all in escapes.
  private mutating func foreignLines() -> [UInt8] {
    let dates = ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "1969-12-31T23:59:60Z"]
    let machine = HostileText.escaped(texts.name(upTo: 5000))
    let lines = (0..<6).map { number in
      func text(_ bytes: Int) -> String { HostileText.escaped(texts.name(upTo: bytes)) }
      return """
        {"commit":"\(hash())","benchmark":\(text(4096)),"metric":\(text(4096)),\
        "unit":\(text(4096)),"values":[\(number),1e-300],"session":\(text(4096)),\
        "process":\(text(4096)),"machine":{"cpuModel":\(machine)},"subject":\(text(9000)),\
        "author":\(text(9000)),"tree":\(text(4096)),"toolchain":\(text(4096)),\
        "binary":\(text(4096)),"difference":\(text(4096)),"committed":"\(dates[number % 3])",\
        "parameters":{\(text(2000)):\(text(2000))},"worker":{"outcome":"failed",\
        "reason":\(text(9000)),"state":{"kernel":\(text(9000)),"later":[[[{"a":\(text(90))}]]]},\
        "standardError":\(text(9000))}}\n
        """
    }
    return Array(("{\"benchdb\":1,\"project\":\"acme\"}\n" + lines.joined()).utf8)
  }
}
