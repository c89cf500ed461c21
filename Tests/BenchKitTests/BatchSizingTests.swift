import BenchKit
import Testing

@Suite struct BatchSizingTests {
  /// Runs sizing with a clock that returns how long a batch of a size takes.
  private func size(target: UInt64, clock: (Int) -> UInt64) -> (iterations: Int, trials: Int) {
    var sizing = BatchSizing(target: target)
    var trials = 0
    while !sizing.isDone {
      sizing.add(nanoseconds: clock(sizing.iterations))
      trials += 1
    }
    return (sizing.iterations, trials)
  }

  @Test(
    "a sample takes the target and at most twelve times as long, whatever an iteration takes",
    arguments: [1, 2, 3, 7, 10, 99, 1_000, 12_345, 99_999, 100_000, 100_001] as [UInt64])
  func anyDuration(iteration: UInt64) {
    let (iterations, trials) = size(target: 100_000) { UInt64($0) * iteration }
    let sample = UInt64(iterations) * iteration
    #expect(sample >= 100_000)
    #expect(sample <= max(1_200_000, iteration))
    #expect(trials <= 8)
  }

  @Test("a body longer than the target is sampled one by one")
  func longBody() {
    #expect(size(target: 100_000) { UInt64($0) * 5_000_000 } == (1, 2))
    #expect(size(target: 100_000) { UInt64($0) * 10_000_000 } == (1, 1))
  }

  @Test(
    "one cold or interrupted trial, whichever it is, does not end in short samples",
    arguments: 0..<8, [90_000, 100_000, 9_000_000] as [UInt64])
  func slowTrial(position: Int, taken: UInt64) {
    var trial = 0
    let (iterations, _) = size(target: 100_000) { count in
      defer { trial += 1 }
      return trial == position ? taken : UInt64(count) * 10
    }
    #expect(iterations * 10 >= 100_000)
  }

  @Test("a clock that stands still ends sizing all the same")
  func standingClock() {
    let (iterations, trials) = size(target: 100_000) { _ in 0 }
    #expect(iterations == 1_000_000_000)
    #expect(trials <= 62)
  }

  @Test("a sample is never shorter than 100 µs or 1,000 ticks, and longer only up to 1 ms")
  func target() {
    func target(_ tick: UInt64, _ seconds: Double, _ samples: Int) -> UInt64 {
      BatchSizing.target(clockTick: tick, seconds: seconds, maximumSamples: samples)
    }
    #expect(target(10, 0, 30) == 100_000)
    #expect(target(1_000, 0, 30) == 1_000_000)
    #expect(target(5_000, 0.5, 30) == 5_000_000)
    #expect(target(10, 0.5, 30) == 1_000_000)
    #expect(target(10, 0.006, 30) == 200_000)
    #expect(target(10, -1, 0) == 100_000)
  }

  @Test("the tick of a clock is its smallest step, not its resolution")
  func tick() {
    var readings = 0
    let tick = clockTick {
      readings += 1
      return UInt64(readings / 4) * 40
    }
    #expect(tick == 40)
  }
}
