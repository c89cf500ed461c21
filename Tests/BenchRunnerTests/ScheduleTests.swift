import BenchModel
import BenchRunner
import Testing

@Suite("Schedules") struct ScheduleTests {
  private let declarations = (0..<7).map { number in
    BenchmarkDeclaration(
      key: BenchmarkKey(
        id: "suite\(number % 2)/b\(number)",
        parameters: ["records": String(10 * (1 << (number * 3)))]),
      metrics: [.wall])
  }
  private let profile = Profile(
    name: "test", processes: 10, countingProcesses: 3, seconds: 0.1, maximumSamples: 5,
    maximumRecords: .max)

  private func schedule(
    seed: UInt64 = 1, selection: Selection = Selection(), profile: Profile? = nil,
    reversed: Bool = false
  ) throws -> Schedule {
    try Schedule(
      declarations: reversed ? declarations.reversed() : declarations,
      profile: profile ?? self.profile, selection: selection, seed: seed)
  }

  @Test("The same seed gives the same order, however the worker lists; another seed another")
  func order() throws {
    #expect(try schedule() == schedule(reversed: true))
    #expect(try schedule(seed: 1).processes != schedule(seed: 2).processes)
  }

  @Test("The order is the same in every version and on every platform")
  func golden() throws {
    let small = Profile(
      name: "small", processes: 2, countingProcesses: 1, seconds: 0.1, maximumSamples: 5,
      maximumRecords: 10_000)
    let text = try schedule(seed: 42, profile: small).processes.map {
      "\($0.benchmark.key.id.suffix(2))\($0.pass == .timing ? "t" : "c")\($0.repetition)"
    }
    #expect(
      text.joined(separator: " ") == "b2c0 b0c0 b3t0 b2t0 b1t0 b0t0 b3c0 b1c0 b1t1 b3t1 b2t1 b0t1")
  }

  @Test("Every benchmark runs once a round, counting mixed in, positions without a gap")
  func rounds() throws {
    for seed in UInt64(0)..<20 {
      let processes = try schedule(seed: seed).processes
      #expect(processes.map(\.order) == Array(0..<(7 * 13)))
      let timing = processes.filter { $0.pass == .timing }
      for round in 0..<10 {
        let keys = timing[(round * 7)..<(round * 7 + 7)]
        #expect(Set(keys.map(\.benchmark.key)).count == 7)
        #expect(Set(keys.map(\.repetition)) == [round])
      }
      // Counting processes are spread: some are in the first half of the session, some in the
      // second.
      let counting = processes.filter { $0.pass == .counting }
      #expect(counting.count == 21)
      #expect(counting.contains { $0.order < 45 } && counting.contains { $0.order >= 45 })
    }
  }

  @Test("Over many seeds each benchmark takes each position of a round equally often")
  func fairness() throws {
    var positions: [String: [Int]] = [:]
    let one = Profile(
      name: "one", processes: 1, countingProcesses: 0, seconds: 1, maximumSamples: 1,
      maximumRecords: .max)
    for seed in UInt64(0)..<7_000 {
      for process in try schedule(seed: seed, profile: one).processes {
        positions[process.benchmark.key.id, default: [Int](repeating: 0, count: 7)][
          process.order] += 1
      }
    }
    // 1,000 are expected with a standard deviation of 29; the bounds are five of them.
    #expect(positions.values.joined().allSatisfy { (855...1_145).contains($0) })
  }

  @Test("A finished set leaves the rest, in order")
  func resume() throws {
    let schedule = try schedule()
    let finished = Set(schedule.processes.indices.filter { $0 % 3 == 0 })
    let rest = schedule.remaining(finished: finished).map(\.order)
    #expect(rest == schedule.processes.indices.filter { $0 % 3 != 0 })
    #expect(schedule.remaining(finished: []) == schedule.processes)
  }

  @Test("Suites, filter and record limit select")
  func selection() throws {
    func names(_ selection: Selection, limit: Int = .max) throws -> Set<String> {
      let limited = Profile(
        name: "l", processes: 1, countingProcesses: 0, seconds: 1, maximumSamples: 1,
        maximumRecords: limit)
      return Set(
        try schedule(selection: selection, profile: limited).processes.map(\.benchmark.key.id))
    }
    #expect(try names(Selection(suites: ["suite1"])) == ["suite1/b1", "suite1/b3", "suite1/b5"])
    #expect(try names(Selection(filter: "b[01] ")) == ["suite0/b0", "suite1/b1"])
    #expect(try names(Selection(), limit: 80) == ["suite0/b0", "suite1/b1"])
    #expect(throws: RunnerError.unknownSuite("siute1", suggestions: ["suite1", "suite0"])) {
      try schedule(selection: Selection(suites: ["siute1"]))
    }
    let nothing = #expect(throws: RunnerError.self) {
      try schedule(selection: Selection(suites: ["suite1"], filter: "^b1"))
    }
    #expect(
      nothing.map { "\($0)" }
        == "None of the 7 benchmarks is left to measure: 4 of other suites, 3 not matched by the "
        + "filter '^b1'. A filter is looked for anywhere in 'suite/name key=value'; it was asked of "
        + "'suite1/b1 records=80', 'suite1/b3 records=5120', 'suite1/b5 records=327680'.")
    let error = #expect(throws: RunnerError.self) {
      try schedule(selection: Selection(filter: "("))
    }
    #expect(error.map { "\($0)".hasPrefix("The filter '(' is not a regular expression") } == true)
  }
}
