package import BenchModel
package import BenchStore
import BenchTestSupport
import Foundation

/// A database of many runs that were not measured: one commit a run, the same benchmarks in each,
/// all values from one seed.
///
/// A series' level drifts from run to run by about 1 %, and a process varies around it by 2 %.
package struct SyntheticHistory {
  package var runs = 1000
  package var benchmarks = 10
  package var metrics = 4
  /// The number of processes for each benchmark and run.
  package var processes = 10
  package var samples = 5
  /// The number of consecutive runs that have byte-identical executables.
  package var identicalRuns = 1
  package var seed: UInt64 = 1

  package init() {}

  package func fill(_ store: ResultsStore) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<runs { try fill(store, run: number, &random) }
  }

  package func commit(_ number: Int) -> Commit { StoredExample.commit(number) }

  /// The benchmark with this number, whose first metric gates.
  package func declaration(_ number: Int) -> BenchmarkDeclaration {
    BenchmarkDeclaration(
      key: BenchmarkKey(id: "suite/benchmark-\(number)", parameters: ["records": "100000"]),
      metrics: (0..<metrics).map { metric in
        Metric(name: "metric-\(metric)", unit: .nanoseconds, isGate: metric == 0)
      })
  }

  private func fill(_ store: ResultsStore, run number: Int, _ random: inout SeededRandom) throws {
    let run = StoredExample.run(number, started: StoredExample.start + Double(number) * 3600)
    let session = StoredExample.session(of: run)
    try store.begin(run)
    try store.begin(session)
    let build = StoredExample.build(number, binary: "binary \(number / identicalRuns)")
    var records: [ProcessRecord] = []
    for benchmark in 0..<benchmarks {
      let declaration = declaration(benchmark)
      let levels = (0..<metrics).map { metric in
        Double(1000 * (benchmark + 1) + metric) * (1 + 0.01 * random.nextNormal())
      }
      for process in 0..<processes {
        records.append(
          ProcessRecord(
            id: UUID(uuid: random.nextUUID()), session: session.id, build: build,
            benchmark: declaration, pass: .timing, order: benchmark * processes + process,
            started: session.started + Double(records.count), seconds: 0.5, outcome: .completed,
            measurements: zip(declaration.metrics, levels).map { metric, level in
              let values = (0..<samples).map { _ in level * (1 + 0.02 * random.nextNormal()) }
              return StoredExample.measurement(metric, values)
            }))
      }
    }
    try store.save(records)
    try store.finish(run: run.id, status: .completed, at: run.started + 120)
  }
}

extension SeededRandom {
  fileprivate mutating func nextUUID() -> uuid_t {
    withUnsafeBytes(of: (next(), next())) { $0.loadUnaligned(as: uuid_t.self) }
  }
}
