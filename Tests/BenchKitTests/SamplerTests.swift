import BenchKit
import BenchModel
import CBenchCounters
import Testing

@Suite struct SamplerTests {
  /// Drives a sampler with a clock of its own: `duration` returns how long a batch takes, by its
  /// index and its iterations.
  private func run(
    _ plan: MeasurementPlan, target: UInt64 = 100_000, duration: (Int, Int) -> UInt64
  ) -> Sampler {
    var now: UInt64 = 1_000
    var sampler = Sampler(plan: plan, target: target, watchesWall: true, now: now)
    while let iterations = sampler.nextIterations {
      let taken = duration(sampler.readings.count, iterations)
      now += taken
      sampler.add(
        Reading(iterations: iterations, wallNanoseconds: taken, cpuNanoseconds: taken), now: now)
    }
    return sampler
  }

  private let plan = MeasurementPlan(seconds: 1, maximumSamples: 30, warmUpSeconds: 0.1)

  @Test(
    "a steady benchmark is warm after one trial and ten samples, and gives as many samples as planned"
  )
  func steady() {
    let sampler = run(plan) { _, iterations in UInt64(iterations) * 200_000 }
    #expect(sampler.isStable)
    #expect(sampler.readings.count { $0.isWarmUp } == 11)
    #expect(sampler.readings.count { !$0.isWarmUp } == 30)
  }

  @Test("warm-up samples come first and all have been kept, the trials of sizing too")
  func order() {
    let sampler = run(plan) { _, iterations in UInt64(iterations) * 10_000 }
    let marks = sampler.readings.map(\.isWarmUp)
    #expect(marks == marks.sorted { $0 && !$1 })
    #expect(sampler.readings[0].iterations == 1)
    #expect(sampler.readings.filter { !$0.isWarmUp }.allSatisfy { $0.wallNanoseconds >= 100_000 })
  }

  @Test("a benchmark that never settles is sampled after the warm-up time, and said to be unstable")
  func unstable() {
    let sampler = run(plan) { position, _ in 100_000 + UInt64(position) * 1_000_000 }
    #expect(!sampler.isStable)
    #expect(sampler.warmUpNanoseconds >= 100_000_000)
    #expect(sampler.readings.count { !$0.isWarmUp } > 0)
  }

  @Test("a benchmark that becomes ten times faster while it warms up is sized again")
  func faster() {
    let sampler = run(plan) { position, iterations in
      UInt64(iterations) * (position < 8 ? 50_000 : 5_000)
    }
    #expect(sampler.readings.filter { !$0.isWarmUp }.allSatisfy { $0.wallNanoseconds >= 100_000 })
  }

  @Test("sampling ends with the plan's time, but not under the minimum of samples")
  func slow() {
    let seconds = run(plan) { _, _ in 300_000_000 }
    #expect(seconds.readings.count { $0.isWarmUp } == 1)
    #expect(seconds.readings.count { !$0.isWarmUp } == 4)
    let slower = run(plan) { _, _ in 3_000_000_000 }
    #expect(slower.readings.count { !$0.isWarmUp } == plan.minimumSamples)
  }

  @Test("however strange the plan, sampling ends", arguments: [0, 1, 2, 5], [-1, 0, 0.01])
  func strangePlans(samples: Int, seconds: Double) {
    let strange = MeasurementPlan(
      seconds: seconds, maximumSamples: samples, minimumSamples: 2, warmUpSeconds: seconds)
    let sampler = run(strange) { _, iterations in UInt64(iterations) * 150_000 }
    #expect(sampler.readings.count { !$0.isWarmUp } >= 2)
  }
}

@Suite(.enabled(if: benchdb_allocator_is_counted())) struct SamplerMemoryTests {
  @Test("taking a sample after warm-up allocates nothing")
  func allocatesNothing() async {
    await #expect(processExitsWith: .success) {
      let plan = MeasurementPlan(seconds: 10, maximumSamples: 1_000, warmUpSeconds: 0)
      var sampler = Sampler(plan: plan, target: 100, watchesWall: false, now: 0)
      let reading = Reading(iterations: 1, wallNanoseconds: 200, cpuNanoseconds: 200)
      for _ in 0..<2 { sampler.add(reading, now: 1) }
      benchdb_allocator_start()
      while sampler.nextIterations != nil { sampler.add(reading, now: 2) }
      benchdb_allocator_stop()
      #expect(sampler.readings.count == 1_002)
      #expect(benchdb_allocator_read().allocations == 0)
    }
  }
}
