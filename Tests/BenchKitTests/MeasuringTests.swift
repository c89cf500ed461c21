import BenchModel
import CBenchCounters
import Testing

@Suite struct MeasuringTests {
  @Test("a timing process answers with samples in order, warm-up first, then its facts")
  func timing() throws {
    let outcome = try SpawnedWorker.run("good/sum", parameters: ["records": "1000"])
    let wall = try outcome.samples(.wall)
    #expect(wall.map(\.order) == Array(0..<wall.count))
    #expect(wall.map(\.warmUp) == wall.map(\.warmUp).sorted { $0 && !$1 })
    #expect((2...5).contains(wall.count { !$0.warmUp }))
    #expect(wall.allSatisfy { $0.value > 0 })
    let cpu = try outcome.samples(.cpu)
    #expect(cpu.count { !$0.warmUp } == wall.count { !$0.warmUp })
    #expect(try outcome.samples(.involuntarySwitches).count == cpu.count)
    #expect(try outcome.samples(.minorFaults).count == cpu.count)
    #expect(try outcome.samples(.allocations).isEmpty)
    let facts = try #require(try outcome.facts())
    #expect(facts.isStable != nil && facts.warmUpSeconds != nil)
    #expect((facts.emptyBatchNanoseconds ?? 0) > 0)
    #expect(facts.harness?.hasPrefix("BenchKit") == true)
  }

  @Test("instructions are absent or counted, never zero")
  func instructions() throws {
    let outcome = try SpawnedWorker.run("good/sum", parameters: ["records": "1000"])
    #expect(try outcome.samples(.instructions).allSatisfy { $0.value > 0 })
    #expect(try outcome.samples(.cycles).allSatisfy { $0.value > 0 })
  }

  @Test("natively the pass that counts instructions measures nothing, or says what it needs")
  func instructionPass() throws {
    let outcome = try SpawnedWorker.run(
      "good/sum", parameters: ["records": "100"], pass: .instructions)
    #expect(try outcome.samples(.instructions).isEmpty)
    if hasHardwareCounter() {
      #expect(try outcome.failure() == nil)
    } else {
      let needed =
        benchdb_callgrind_is_built() ? WorkerProtocol.needsCallgrind : WorkerProtocol.lacksCallgrind
      #expect(try outcome.failure()?.reason == needed)
    }
  }

  private func hasHardwareCounter() -> Bool {
    benchdb_hardware_open()
    defer { benchdb_hardware_close() }
    var count: UInt64 = 0
    return benchdb_hardware_instructions(&count)
  }

  @Test(
    "a thousand objects are a thousand allocations in every counted iteration",
    .enabled(if: benchdb_allocator_is_counted()))
  func counting() throws {
    let outcome = try SpawnedWorker.run(
      "good/objects", parameters: ["count": "1000"], pass: .counting)
    let allocations = try outcome.samples(.allocations).filter { !$0.warmUp }
    #expect(allocations.count >= 2)
    #expect(allocations.allSatisfy { $0.value == 1_000 && $0.iterations == 1 })
    // An object has a header of two words and one integer.
    let bytes = try outcome.samples(.allocatedBytes).filter { !$0.warmUp }
    #expect(bytes.allSatisfy { $0.value == 24_000 })
    // Only one object exists at a time.
    let peak = try outcome.samples(.peakLiveBytes).filter { !$0.warmUp }
    #expect(peak.allSatisfy { $0.value >= 24 && $0.value < 100 })
    #expect(try outcome.samples(.wall).isEmpty && outcome.samples(.cpu).isEmpty)
  }

  #if os(Linux)
    @Test("the peak resident size is a sample of the counting pass, and a fact of both")
    func peakResident() throws {
      for pass in [MeasurementPass.timing, .counting] {
        let outcome = try SpawnedWorker.run(
          "good/objects", parameters: ["count": "1000"], pass: pass)
        let facts = try #require(try outcome.facts())
        #expect((facts.peakResidentBytes ?? 0) > 1_000_000)
        let samples = try outcome.samples(.peakResidentBytes)
        #expect(samples.count <= (pass == .counting ? 1 : 0))
        #expect(samples.allSatisfy { $0.value > 1_000_000 && !$0.warmUp })
      }
    }
  #endif

  @Test(
    "work that waits is measured in both passes", arguments: [MeasurementPass.timing, .counting])
  func waiting(pass: MeasurementPass) throws {
    for id in ["good/waits", "good/yields"] {
      let outcome = try SpawnedWorker.run(id, pass: pass)
      #expect(try outcome.facts() != nil, "\(id): \(outcome.standardError)")
      let metric: Metric = pass == .timing ? .wall : .allocations
      if pass == .timing || benchdb_allocator_is_counted() {
        #expect(try !outcome.samples(metric).isEmpty)
      }
    }
  }

  @Test("every value of a custom metric is a sample, in the position of the sample it belongs to")
  func customMetrics() throws {
    let outcome = try SpawnedWorker.run("good/latencies")
    let wall = try outcome.samples(.wall)
    let latency = try outcome.samples(
      Metric(name: "latency", unit: .nanoseconds))
    #expect(latency.map(\.value) == wall.flatMap { _ in [10, 20, 30] })
    #expect(latency.map(\.order) == wall.flatMap { Array(repeating: $0.order, count: 3) })
    #expect(latency.map(\.warmUp) == wall.flatMap { Array(repeating: $0.warmUp, count: 3) })
    let rate = try outcome.samples(Metric(name: "rate", unit: .perSecond))
    #expect(rate.map(\.value) == wall.map { _ in 5 })
  }

  @Test(
    "a benchmark that fails sends the failure and no sample",
    arguments: [
      ("bad/wrong", "wrong result", "expected 42, got 41"),
      ("bad/check throws", "wrong result", "planned"),
      ("bad/throws", "error", "planned"),
      ("bad/setup throws", "error", "planned"),
      ("bad/waits and throws", "error", "planned"),
      ("bad/not a number", "not a number", "ratio"),
      ("bad/undeclared", "undeclared metric", "ratio"),
    ])
  func failing(id: String, reason: String, detail: String) throws {
    let outcome = try SpawnedWorker.run(id)
    let failure = try #require(try outcome.failure())
    #expect(failure.reason == reason)
    #expect(failure.detail.contains(detail))
    #expect(outcome.status == 0)
  }

  @Test("a wrong result is found in the counting pass too")
  func wrongWhileCounting() throws {
    #expect(try SpawnedWorker.run("bad/wrong", pass: .counting).failure()?.reason == "wrong result")
  }

  @Test("a benchmark that crashes or exits leaves no answer")
  func crashing() throws {
    let crash = try SpawnedWorker.run("bad/crashes")
    #expect(crash.wasKilledBySignal && crash.answer.isEmpty)
    #expect(crash.standardError.contains("planned crash"))
    let exit = try SpawnedWorker.run("bad/exits")
    #expect(exit.status == 3 && exit.answer.isEmpty)
  }
}
