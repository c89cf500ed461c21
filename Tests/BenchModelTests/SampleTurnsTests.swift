import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite("Samples that were taken in turns") struct SampleTurnsTests {
  private func measured(
    _ values: [Double], warmUp: Int = 0, turns: SampleTurns?, iterations: Int = 1
  ) -> MetricSamples {
    MetricSamples(
      metric: .cpu, values: values, iterations: values.map { _ in iterations },
      warmUpCount: warmUp, summary: MeasurementSummary(of: values), turns: turns)
  }

  @Test("The first samples of each turn and those of warm-up turns do not count")
  func counted() {
    let turns = SampleTurns(samples: 3, uncounted: 1)
    let values = (0..<12).map(Double.init)
    #expect(turns.counted(values, warmUpCount: 3) == [4, 5, 7, 8, 10, 11])
    #expect(turns.fits(count: 12, warmUpCount: 3))
    #expect(!turns.fits(count: 11, warmUpCount: 3))
    #expect(!turns.fits(count: 12, warmUpCount: 2))
    #expect(!SampleTurns(samples: 3, uncounted: 3).fits(count: 12, warmUpCount: 3))
    #expect(!SampleTurns(samples: 0, uncounted: 0).fits(count: 12, warmUpCount: 3))
  }

  @Test("The number of a round is the median of the ratios at the same turn and position")
  func shift() throws {
    let turns = SampleTurns(samples: 2, uncounted: 1)
    // The machine is twice as slow in the second turn, and both sides are.
    let base = measured([50, 10, 90, 20, 30, 10], turns: turns)
    let head = measured([10, 11, 10, 22, 30, 30], turns: turns)
    #expect(try #require(head.shift(from: base)).isClose(to: log(1.1)))
    #expect(base.shift(from: base) == 0)
    #expect(head.shift(from: measured([1, 1, 1, 1], turns: turns)) == nil)
    #expect(head.shift(from: measured([50, 10, 90, 20, 30, 10], turns: nil)) == nil)
    // A sample without a logarithm is left out, and too many of them leave nothing.
    let one = measured([50, 10, 90, 20, 30, 0], turns: turns)
    #expect(try #require(head.shift(from: one)).isClose(to: log(1.1)))
    #expect(head.shift(from: measured([50, 10, 90, 0, 30, 0], turns: turns)) == nil)
    #expect(
      head.shift(from: measured([50, 10, 90, 20, 30, 10], turns: turns, iterations: 2)) == nil)
  }

  @Test("What disturbs both sides of a turn alike is not in the number", arguments: 0..<20)
  func disturbances(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let turns = SampleTurns(samples: 10, uncounted: 1)
    let moments = (0..<200).map { _ in exp(random.nextNormal()) }
    let base = measured(moments.map { 100 * $0 }, warmUp: 50, turns: turns)
    let head = measured(moments.map { 103 * $0 }, warmUp: 50, turns: turns)
    #expect(try #require(head.shift(from: base)).isClose(to: log(1.03)), "seed \(seed)")
  }

  @Test("Processes that ran at once without turns are compared by their means")
  func means() throws {
    let shift = measured([1, 2, 6], turns: nil).shiftOfMeans(from: measured([1, 3, 2], turns: nil))
    #expect(try #require(shift).isClose(to: log(1.5)))
    #expect(
      measured([1], turns: nil).shiftOfMeans(from: measured([0], turns: nil)) == nil)
  }

  @Test("A process is compared with the one of BASE that ran beside it, metric by metric")
  func processes() throws {
    func record(_ value: Double, _ arm: RoundPosition.Arm, _ method: RoundMethod) -> ProcessRecord {
      let turns = method == .together ? nil : SampleTurns(samples: 1, uncounted: 0)
      return ProcessRecord(
        session: UUID(),
        build: Build(
          revision: Revision(
            commit: Commit(hash: "a", authored: .distantPast, committed: .distantPast)),
          toolchain: "", binaryHash: ""),
        benchmark: BenchmarkDeclaration(key: BenchmarkKey(id: "s/b"), metrics: [.cpu]),
        pass: .timing, order: 0, started: .distantPast, seconds: 0, outcome: .completed,
        facts: WorkerFacts.with(method), measurements: [measured([value], turns: turns)],
        position: RoundPosition(round: 0, arm: arm))
    }
    for method in [RoundMethod.lockstep, .together] {
      let head = record(20, .head, method).compared(with: record(10, .base, method))
      #expect(try #require(head.measurements.first?.shift).isClose(to: log(2)))
    }
  }

  @Test("A command reads as it was written, and what is none is refused")
  func commands() {
    for command in [TurnCommand.go(turn: 0, samples: 10, iterations: 1_000), .end] {
      #expect(TurnCommand(command.line) == command)
    }
    #expect(TurnCommand.go(turn: 3, samples: 10, iterations: 7).line == "go 3 10 7")
    for line in [
      "", "go", "go 1 2", "go 1 0 1", "go 1 1 0", "go -1 1 1", "go a b c", "end 1", "GO",
    ] {
      #expect(TurnCommand(line) == nil, "'\(line)'")
    }
  }
}

extension WorkerFacts {
  fileprivate static func with(_ method: RoundMethod) -> WorkerFacts {
    var facts = WorkerFacts()
    facts.method = method
    return facts
  }
}

extension Double {
  fileprivate func isClose(to other: Double) -> Bool { abs(self - other) < 1e-12 }
}
