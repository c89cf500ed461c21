import BenchModel
import BenchStore
import BenchTestSupport
import Foundation

/// Writes a results database whose truth is known, for tests and measurements of everything that
/// reads long histories:
///
///     swift run -c release HistoryGenerator results.sqlite [commits] [series] [processes] [seed]
///
/// What was planted is in `DATABASE.truth.csv`: of each plant its kind, its series, its first and
/// last commit as numbers from 0, and its relative size. A commit's subject ends with its number.
@main
enum HistoryGenerator {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let path = arguments.first else {
      print("usage: HistoryGenerator DATABASE [COMMITS] [SERIES] [PROCESSES] [SEED]")
      exit(2)
    }
    func number(_ index: Int, _ standard: Int) -> Int {
      arguments.indices.contains(index) ? Int(arguments[index]) ?? standard : standard
    }
    let history = PlantedHistory(
      commits: number(1, 1000), series: number(2, 200), processes: number(3, 10),
      seed: UInt64(number(4, 1)))
    let store = try ResultsStore.open(path, access: .readWrite)
    try GeneratedDatabase(history).write(to: store)
    try store.close()
    try truth(of: history).write(toFile: path + ".truth.csv", atomically: true, encoding: .utf8)
  }

  private static func truth(of history: PlantedHistory) -> String {
    let lines = history.plants.map { plant in
      "\(plant.kind.rawValue),\(GeneratedDatabase.name(plant.series)),"
        + "\(plant.commits.lowerBound),\(plant.commits.upperBound - 1),\(expm1(plant.size))"
    }
    return (["kind,series,first,last,size"] + lines).joined(separator: "\n") + "\n"
  }
}

/// A planted history as a project would have recorded it: one commit a run, one run a day, every
/// series a benchmark of its own.
private struct GeneratedDatabase {
  private let history: PlantedHistory
  private let values: [[[Double]]]
  private static let start = Date(timeIntervalSince1970: 1_700_000_000)
  private static let machine = MachineClass(
    architecture: "x86_64", cpuModel: "Generated", cores: 2, memoryBucketGiB: 16,
    system: "Linux 6")

  init(_ history: PlantedHistory) {
    self.history = history
    values = (0..<history.series).map(history.values)
  }

  static func name(_ series: Int) -> String { "suite-\(series / 20)/benchmark-\(series)" }
  static func hash(_ commit: Int) -> String {
    String(SHA256.hexadecimal(of: "\(commit)".utf8).prefix(40))
  }

  func write(to store: ResultsStore) throws {
    var random = SeededRandom(seed: 7)
    for commit in 0..<history.commits { try write(commit, to: store, &random) }
  }

  private func write(
    _ number: Int, to store: ResultsStore, _ random: inout SeededRandom
  ) throws {
    let date = Self.start + Double(number) * 86_400
    let commit = Commit(
      hash: Self.hash(number), parents: number == 0 ? [] : [Self.hash(number - 1)],
      author: "Ada", authored: date - 3600, committed: date, subject: "Change number \(number)",
      tree: Self.hash(number))
    let revision = Revision(commit: commit)
    let run = Run(
      id: Self.uuid(&random), revision: revision, purpose: .record, profile: .quick, seed: 1,
      started: date, toolVersion: "generated",
      plannedProcesses: history.series * history.processes,
      recorder: Recorder(
        hostName: "generator", bootIdentifier: "", processIdentifier: 1, startTicks: 1))
    let session = Session(
      id: Self.uuid(&random), run: run.id, machine: Self.machine, state: MachineState(),
      started: date)
    let build = Build(revision: revision, toolchain: "generated", binaryHash: commit.hash)
    try store.begin(run)
    try store.begin(session)
    try store.save(
      (0..<history.series * history.processes).map { order in
        process(order, commit: number, build: build, session: session, id: Self.uuid(&random))
      })
    try store.finish(run: run.id, status: .completed, at: date + 600)
  }

  private func process(
    _ order: Int, commit: Int, build: Build, session: Session, id: UUID
  ) -> ProcessRecord {
    let series = order / history.processes
    let sample = [values[series][commit][order % history.processes]]
    let wall = Metric.wall.gated(true)
    return ProcessRecord(
      id: id, session: session.id, build: build,
      benchmark: BenchmarkDeclaration(key: BenchmarkKey(id: Self.name(series)), metrics: [wall]),
      pass: .timing, order: order, started: session.started, seconds: 0.3, outcome: .completed,
      measurements: [
        BenchModel.MetricSamples(
          metric: wall, values: sample, iterations: [1], warmUpCount: 0,
          summary: MeasurementSummary(of: sample[...]))
      ])
  }

  private static func uuid(_ random: inout SeededRandom) -> UUID {
    let (high, low) = (random.next(), random.next())
    return withUnsafeBytes(of: (high, low)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}
