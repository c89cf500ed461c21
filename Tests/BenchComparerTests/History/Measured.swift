import BenchModel
import Foundation

let historyMachine = MachineClass(
  architecture: "x86_64", cpuModel: "Test", cores: 2, memoryBucketGiB: 8, system: "Linux 6")

/// A session of each commit in turn.
func measured(
  _ sessions: [[Double]], name: String = "suite/benchmark", metric: Metric = .wall.gated(true),
  dirty: Set<Int> = []
) -> MeasuredSeries {
  MeasuredSeries(
    key: SeriesKey(benchmark: BenchmarkKey(id: name), metric: metric.name), metric: metric,
    machine: historyMachine,
    sessions: sessions.enumerated().map { commit, values in
      session(commit, values, isDirty: dirty.contains(commit))
    })
}

func session(_ commit: Int, _ values: [Double], isDirty: Bool = false) -> MeasuredSession {
  MeasuredSession(
    commit: commit,
    location: MeasuredSession.Location(
      session: UUID(), run: UUID(), started: Date(timeIntervalSince1970: Double(commit)),
      differenceHash: isDirty ? "abc" : nil),
    values: values)
}
