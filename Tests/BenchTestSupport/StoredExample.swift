package import BenchModel
package import Foundation

/// Values of the model for tests: small, and with something in every field.
package enum StoredExample {
  package static let start = Date(timeIntervalSince1970: 1_780_000_000)

  package static func commit(_ number: Int) -> Commit {
    let hash = String(repeating: "0", count: 32) + hexadecimal(number)
    let parent = String(repeating: "0", count: 32) + hexadecimal(number - 1)
    return Commit(
      hash: hash, parents: number > 0 ? [parent] : [], author: "Ada <ada@example.org>",
      authored: start + Double(number) * 3600, committed: start + Double(number) * 3600 + 60,
      subject: "Change \(number)", tree: String(hash.reversed()))
  }

  package static func revision(_ number: Int) -> Revision { Revision(commit: commit(number)) }

  package static func build(_ number: Int, binary: String? = nil) -> Build {
    Build(
      revision: revision(number), toolchain: "Swift 6.3.1",
      binaryHash: binary ?? "binary \(number)")
  }

  package static let machine = MachineClass(
    architecture: "x86_64", cpuModel: "AMD EPYC", cores: 2, memoryBucketGiB: 16,
    system: "Linux 6", virtualisation: "kvm")

  package static let recorder = Recorder(
    hostName: "build-7", bootIdentifier: "1f6e", processIdentifier: 4711, startTicks: 99)

  package static func run(
    _ number: Int = 1, purpose: RunPurpose = .record, profile: Profile = .full,
    started: Date = start,
    selection: Selection = Selection(suites: ["throughput"], filter: "grouped|plain")
  ) -> Run {
    Run(
      revision: revision(number), purpose: purpose, profile: profile, seed: .max - 5,
      started: started, toolVersion: "0.1.0", plannedProcesses: 12,
      selection: selection, recorder: recorder)
  }

  package static func session(of run: Run, started: Date? = nil) -> Session {
    var state = MachineState()
    state.kernel = "6.18.44"
    state.load = 0.25
    state.isTurboOn = false
    return Session(run: run.id, machine: machine, state: state, started: started ?? run.started)
  }

  package static let wall = Metric.wall.gated(true)
  package static let rate = Metric(name: "rate", unit: .perSecond, direction: .higher)
  package static let allocations = Metric.allocations.gated(
    true, judgement: .exact(tolerance: 0.01))

  package static let benchmark = BenchmarkDeclaration(
    key: BenchmarkKey(id: "throughput/grouped", parameters: ["records": "100000", "größe": "é"]),
    version: 3, metrics: [wall, rate, allocations],
    source: SourceLocation(file: "Sources/Suites/Throughput.swift", line: 42))

  package static func acceptance(_ number: Int) -> Acceptance {
    Acceptance(
      series: SeriesKey(benchmark: benchmark.key, metric: "wall"), from: commit(number).hash,
      to: commit(number + 1).hash, size: 0.1, reason: "Say \"why\"\n", author: "Ada",
      accepted: Day(start), until: Day("2026-12-31"))
  }

  package static func measurement(
    _ metric: Metric, _ values: [Double], warmUp: Int = 0, iterations: [Int]? = nil
  ) -> BenchModel.MetricSamples {
    BenchModel.MetricSamples(
      metric: metric, values: values, iterations: iterations ?? values.map { _ in 1000 },
      warmUpCount: warmUp, summary: MeasurementSummary(of: values.dropFirst(warmUp)))
  }

  package static func process(
    in session: Session, build: Build = build(1), benchmark: BenchmarkDeclaration = Self.benchmark,
    order: Int = 0,
    pass: MeasurementPass = .timing, outcome: ProcessOutcome = .completed,
    measurements: [BenchModel.MetricSamples]? = nil, position: RoundPosition? = nil,
    facts: WorkerFacts = WorkerFacts(
      peakResidentBytes: 1 << 24, isStable: true, harness: "BenchKit 1")
  ) -> ProcessRecord {
    var state = MachineState()
    state.stealTicks = 7
    let measured =
      measurements ?? [
        measurement(wall, [90, 12.5, 13.25, 12.75], warmUp: 1, iterations: [10, 1000, 1000, 999]),
        measurement(rate, [1e-9, 5e8, 6e8, 7e8]),
      ]
    return ProcessRecord(
      session: session.id, build: build, benchmark: benchmark, pass: pass, order: order,
      started: session.started + Double(order), seconds: 0.75, outcome: outcome, state: state,
      facts: facts,
      standardError: outcome.isCompleted ? "" : "boom\n",
      measurements: outcome.isCompleted ? measured : [], position: position)
  }

  /// A process of a round that took turns, with these samples of 'wall' in them: BASE runs build 1,
  /// HEAD build 2.
  package static func process(
    _ arm: RoundPosition.Arm, in session: Session, values: [Double], turns: SampleTurns,
    warmUp: Int, method: RoundMethod = .lockstep, order: Int
  ) -> ProcessRecord {
    var facts = WorkerFacts()
    facts.method = method
    let samples = BenchModel.MetricSamples(
      metric: wall, values: values, iterations: values.map { _ in 7 }, warmUpCount: warmUp,
      summary: MeasurementSummary(of: turns.counted(values, warmUpCount: warmUp)), turns: turns)
    return process(
      in: session, build: build(arm == .head ? 2 : 1), order: order, measurements: [samples],
      position: RoundPosition(round: 0, arm: arm), facts: facts)
  }

  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(UInt32(truncatingIfNeeded: number), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
