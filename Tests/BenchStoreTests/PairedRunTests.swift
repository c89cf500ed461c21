import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Paired runs")
struct PairedRunTests {
  @Test("A process keeps its position in a round, and one outside of rounds has none")
  func roundTrip() throws {
    try withStore { store in
      let session = try beginSession(store)
      let inRound = StoredExample.process(
        in: session, position: RoundPosition(round: 3, arm: .control))
      let plain = StoredExample.process(in: session, order: 1)
      try store.save([inRound, plain])
      #expect(try store.process(inRound.id) == inRound)
      #expect(try store.process(plain.id) == plain)
      #expect(plain.position == nil)
    }
  }

  @Test("Rounds come in order with both sides, and a round that lacks a side is left out")
  func rounds() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      // The processes were measured in this order: the second round first, whose HEAD came before
      // its BASE.
      try save([(1, .head, 11), (1, .base, 10), (0, .base, 20)], in: session, store)
      try save([(0, .control, 21), (0, .head, 22), (2, .base, 30)], in: session, store, from: 3)
      let series = try #require(try store.pairedSeries(ofRun: session.run).only)
      #expect(series.key.metric == "wall" && series.session == session.id)
      #expect(series.machine == StoredExample.machine && series.started == session.started)
      #expect(series.state == session.state && series.source == StoredExample.benchmark.source)
      #expect(series.base?.metric == StoredExample.wall && series.base?.toolchain == "Swift 6.3.1")
      #expect(
        series.rounds == [
          PairedRound(
            base: statistic(20, "binary 1", 2), head: statistic(22, "binary 2", 4),
            control: statistic(21, "binary 1", 3)),
          PairedRound(base: statistic(10, "binary 1", 1), head: statistic(11, "binary 2", 0)),
        ])
    }
  }

  @Test("Samples of turns keep their turns and their round's number, and the view tells both")
  func turns() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      let turns = SampleTurns(samples: 3, uncounted: 1)
      func process(_ arm: RoundPosition.Arm, _ factor: Double, order: Int) -> ProcessRecord {
        StoredExample.process(
          arm, in: session, values: (0..<9).map { factor * Double($0 + 1) }, turns: turns,
          warmUp: 3, order: order)
      }
      let base = process(.base, 1, order: 0)
      let head = process(.head, 1.1, order: 1).compared(with: base)
      try store.save([base, head])
      #expect(try store.process(head.id) == head)
      let series = try #require(try store.pairedSeries(ofRun: session.run).only)
      #expect(series.method == .lockstep)
      #expect(abs((series.rounds.only?.shift ?? 0) - log(1.1)) < 1e-12)
      #expect(series.rounds.only?.controlShift == nil)
      let rows = try answer(
        store,
        """
        SELECT turn, position, warm_up, uncounted FROM sample
        WHERE process = '\(head.id.uuidString.lowercased())' ORDER BY "order"
        """)
      let expected: [[SQLValue]] = (0..<9).map { index in
        let columns: [Int] = [index / 3, index % 3, index < 3 ? 1 : 0, index % 3 < 1 ? 1 : 0]
        return columns.map { .integer(Int64($0)) }
      }
      #expect(rows == expected)
    }
  }

  @Test("A paired run is listed under either of its commits, and under no other")
  func listedUnderBoth() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      try save([(0, .base, 1), (0, .head, 2)], in: session, store)
      for number in 1...2 {
        let found = try store.runs(commit: StoredExample.commit(number).hash)
        #expect(found.map(\.run.id) == [session.run])
      }
      #expect(try store.runs(commit: StoredExample.commit(3).hash).isEmpty)
    }
  }

  @Test("What a paired run measured in several layouts stands apart from what else is stored")
  func layoutsApart() throws {
    try withStore { store in
      let revision = SeriesSelection.revision(
        commit: StoredExample.commit(1).hash, differenceHash: nil)
      let layouts = SeriesSelection.layouts(commit: StoredExample.commit(1).hash)
      func values(_ selection: SeriesSelection) throws -> [Double] {
        try store.seriesData(of: selection, machine: StoredExample.machine)
          .filter { $0.key.metric == "wall" }
          .flatMap(\.sessions).flatMap(\.processes).map(\.value)
      }
      func measure(_ value: Double, layouts: Int, sessions: Int) throws {
        let session = try beginSession(
          store,
          run: StoredExample.run(
            2, purpose: .confirm, profile: .full.paired(layouts: layouts, sessions: sessions),
            selection: Selection()))
        try save([(0, .base, value), (0, .head, 99)], in: session, store)
      }
      try measure(10, layouts: 6, sessions: 1)
      let hashes = [StoredExample.commit(1).hash]
      #expect(try store.machineClasses(measuring: revision).isEmpty)
      #expect(try store.nearestMeasured(among: hashes, machine: nil) == nil)
      #expect(try values(revision) == [] && values(layouts) == [10])
      try measure(20, layouts: 1, sessions: 2)
      #expect(try store.nearestMeasured(among: hashes, machine: nil)?.distance == 0)
      #expect(try values(revision) == [20] && values(layouts) == [10])
    }
  }

  @Test(
    "What was suspected, or chosen, and measured again is no recording of its commit",
    arguments: [
      (Selection(filter: "^(?:a|b)$"), 0), (Selection(suites: ["throughput"]), 0),
      (Selection(), 1),
    ])
  func suspectsApart(selection: Selection, sessions: Int) throws {
    try withStore { store in
      let session = try beginSession(
        store, run: StoredExample.run(2, purpose: .confirm, selection: selection))
      try save([(0, .base, 10), (0, .head, 20)], in: session, store)
      for commit in [1, 2] {
        let revision = SeriesSelection.revision(
          commit: StoredExample.commit(commit).hash, differenceHash: nil)
        let found = try store.seriesData(of: revision, machine: StoredExample.machine)
        #expect(found.flatMap(\.sessions).count == sessions)
        #expect(try store.machineClasses(measuring: revision).count == sessions)
      }
    }
  }

  @Test("A round that two sessions share is no round; one that the later ran whole counts")
  func interruptedRound() throws {
    try withStore { store in
      let run = StoredExample.run(2)
      let first = try beginSession(store, run: run)
      let second = StoredExample.session(of: run, started: run.started + 60)
      try store.begin(second)
      try save([(0, .base, 1), (0, .head, 2), (1, .base, 3)], in: first, store)
      try save([(1, .head, 4)], in: second, store, from: 3)
      #expect(try store.pairedSeries(ofRun: run.id).only?.rounds.map(\.base.value) == [1])
      try save([(1, .base, 5)], in: second, store, from: 4)
      #expect(try store.pairedSeries(ofRun: run.id).only?.rounds.map(\.base.value) == [1, 5])
      let stored = try store.roundProcesses(ofRun: run.id)
      #expect(stored.map(\.position.round) == [0, 0, 1, 1, 1])
      #expect(stored.map(\.position.arm) == [.base, .head, .base, .head, .base])
      #expect(stored.map(\.session) == [first.id, first.id, first.id, second.id, second.id])
      #expect(stored.allSatisfy { $0.isCompleted && $0.benchmark == StoredExample.benchmark.key })
    }
  }

  @Test("A failure is listed with its side; a benchmark that only fails is there with its series")
  func failures() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      try save([(0, .base, 1)], in: session, store)
      try store.save(
        StoredExample.process(
          in: session, build: StoredExample.build(2), order: 1,
          outcome: .failed(reason: "wrong result", detail: "7"),
          position: RoundPosition(round: 0, arm: .head)))
      let series = try #require(try store.pairedSeries(ofRun: session.run).only)
      #expect(series.base?.failures == [] && series.head?.failures == ["wrong result: 7"])
      #expect(series.rounds.isEmpty)

      let other = try beginSession(
        store, run: StoredExample.run(3, started: StoredExample.start + 1))
      try store.save(
        StoredExample.process(
          in: other, outcome: .crashed(description: "signal 11"),
          position: RoundPosition(round: 0, arm: .base)))
      let failed = try store.pairedSeries(ofRun: other.run)
      #expect(failed.map(\.key.metric) == ["allocations", "rate", "wall"])
      #expect(failed.allSatisfy { $0.base?.failures == ["signal 11"] && $0.head == nil })
      #expect(try store.roundProcesses(ofRun: other.run).map(\.isCompleted) == [false])
    }
  }

  @Test("Counters are what a side's processes repeat, whichever pass took them")
  func counters() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      for (order, count) in [12.0, 12, 12].enumerated() {
        try store.save(
          StoredExample.process(
            in: session, order: order, pass: .counting,
            measurements: [StoredExample.measurement(StoredExample.allocations, [count])],
            position: RoundPosition(round: order, arm: .base)))
      }
      try save([(0, .base, 1), (0, .head, 2)], in: session, store, from: 3)
      let series = try store.pairedSeries(ofRun: session.run)
      #expect(series.map(\.key.metric) == ["allocations", "wall"])
      let counted = ProcessCounters(allocations: 12)
      #expect(series.allSatisfy { $0.base?.counters == counted })
      #expect(series[0].head == nil && series[1].head?.counters == nil)
    }
  }

  @Test("A paired run as one side of a stored comparison is its HEAD")
  func storedSide() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      try save([(0, .base, 1), (0, .head, 2), (0, .control, 3)], in: session, store)
      let side = try store.seriesData(of: .runs([session.run]), machine: StoredExample.machine)
      #expect(side.only?.sessions.first?.processes.map(\.value) == [2])
    }
  }

  @Test("An interrupted run is found again by its two builds, its machine and what was asked")
  func findsInterrupted() throws {
    try withStore { store in
      let run = StoredExample.run(2, purpose: .confirm)
      let session = try beginSession(store, run: run)
      func find(
        purpose: RunPurpose = .confirm, base: Build = StoredExample.build(1),
        head: Build = StoredExample.build(2), selection: Selection? = nil, profile: Profile = .full
      ) throws -> Run? {
        try store.interruptedPairedRun(
          purpose: purpose, base: [base], head: [head], machine: StoredExample.machine,
          selection: selection ?? run.selection, profile: profile)
      }
      try save([(0, .control, 1), (0, .base, 1)], in: session, store)
      #expect(try find() == nil, "it is still running")
      try store.finish(run: run.id, status: .interrupted)
      #expect(try find() == run)
      try save([(0, .head, 2)], in: session, store, from: 2)
      #expect(try find() == run)
      #expect(try find(purpose: .calibrate) == nil)
      #expect(try find(base: StoredExample.build(1, binary: "another")) == nil)
      #expect(try find(base: StoredExample.build(2), head: StoredExample.build(1)) == nil)
      #expect(try find(selection: Selection()) == nil)
      #expect(try find(profile: .quick) == nil)
      try store.finish(run: run.id, status: .completed)
      #expect(try find() == nil)
    }
  }

  @Test("Finished runs of the same builds and order come oldest first")
  func finished() throws {
    try withStore { store in
      var expected: [UUID] = []
      for number in 0..<3 {
        let run = StoredExample.run(
          2, purpose: .confirm, started: StoredExample.start + Double(number))
        let session = try beginSession(store, run: run)
        try save([(0, .base, 1), (0, .head, 2)], in: session, store)
        try store.finish(run: run.id, status: number == 1 ? .interrupted : .completed)
        if number != 1 { expected.append(run.id) }
      }
      func finished(profile: Profile = .full) throws -> [UUID] {
        try store.finishedPairedRuns(
          purpose: .confirm, base: [StoredExample.build(1)], head: [StoredExample.build(2)],
          machine: StoredExample.machine, selection: StoredExample.run().selection, profile: profile
        ).map(\.id)
      }
      #expect(try finished() == expected)
      #expect(try finished(profile: Profile.full.paired(layouts: 1, sessions: 2)).isEmpty)
    }
  }

  @Test("A process that failed and then completed in its position is no failure of its side")
  func forgiven() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      func fail(_ round: Int, order: Int) throws {
        try store.save(
          StoredExample.process(
            in: session, build: StoredExample.build(2), order: order,
            outcome: .crashed(description: "signal 9"),
            position: RoundPosition(round: round, arm: .head)))
      }
      try save([(0, .base, 1)], in: session, store)
      try fail(0, order: 1)
      try save([(0, .head, 2)], in: session, store, from: 1)
      let once = try #require(try store.pairedSeries(ofRun: session.run).only)
      #expect(once.head?.failures == [] && once.rounds.count == 1)
      try fail(1, order: 2)
      let twice = try #require(try store.pairedSeries(ofRun: session.run).only)
      #expect(twice.head?.failures == ["signal 9"])
    }
  }

  @Test("Layout does not concern sides that ran the same code, whatever else they read")
  func sameCode() throws {
    func standing(base: String?, head: String?) throws -> LayoutStanding? {
      var layout: LayoutStanding?
      try withStore { store in
        let session = try beginSession(store, run: StoredExample.run(2))
        for (arm, code) in [(RoundPosition.Arm.base, base), (.head, head)] {
          try store.save(
            StoredExample.process(
              in: session,
              build: StoredExample.build(arm == .head ? 2 : 1, binary: arm.rawValue), order: 0,
              measurements: [StoredExample.measurement(StoredExample.wall, [1])],
              position: RoundPosition(round: 0, arm: arm), facts: WorkerFacts(codeHash: code)))
        }
        layout = try store.pairedSeries(ofRun: session.run).only?.layout
      }
      return layout
    }
    #expect(try standing(base: "code", head: "code") == .unconcerned)
    #expect(try standing(base: "code", head: "other code") == .one)
    #expect(try standing(base: nil, head: nil) == .one)
    #expect(try standing(base: nil, head: "code") == .one)
    #expect(LayoutStanding.one.trusting == .trusted)
    #expect(LayoutStanding.varied.trusting == .varied)
  }

  @Test("Layout is varied where both sides ran several executables")
  func layouts() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      func save(_ round: Int, _ arm: RoundPosition.Arm, _ binary: String) throws {
        try store.save(
          StoredExample.process(
            in: session, build: StoredExample.build(arm == .head ? 2 : 1, binary: binary),
            order: 2 * round, measurements: [StoredExample.measurement(StoredExample.wall, [1])],
            position: RoundPosition(round: round, arm: arm)))
      }
      func isVaried() throws -> Bool? {
        try store.pairedSeries(ofRun: session.run).only?.isLayoutVaried
      }
      try save(0, .base, "a1")
      try save(0, .head, "b1")
      #expect(try isVaried() == false)
      try save(1, .base, "a2")
      try save(1, .head, "b1")
      #expect(try isVaried() == false)
      try save(2, .base, "a1")
      try save(2, .head, "b2")
      #expect(try isVaried() == true)
    }
  }

  @Test("The latest session of two commits is a pairing, until either is measured by itself")
  func pairing() throws {
    try withStore { store in
      let (base, head) = (StoredExample.commit(1).hash, StoredExample.commit(2).hash)
      func latest(_ base: String, _ head: String) throws -> StoredPairing? {
        try store.latestPairing(of: base, and: head, machine: StoredExample.machine)
      }
      func run(_ number: Int, selection: Selection = Selection()) -> Run {
        let run = StoredExample.run(number)
        return Run(
          revision: run.revision, purpose: .confirm, profile: run.profile, seed: 1,
          started: StoredExample.start + Double(number), toolVersion: "", plannedProcesses: 1,
          selection: selection, recorder: run.recorder)
      }
      #expect(try latest(base, head) == nil)
      let both = run(2)
      let session = try beginSession(store, run: both)
      try save([(0, .base, 1), (0, .control, 1), (0, .head, 2)], in: session, store)
      let found = try #require(try latest(base, head))
      #expect(found.run == both && found.hasRounds && found.machine == StoredExample.machine)
      #expect((found.base.commit.hash, found.head.commit.hash) == (base, head))
      #expect(try latest(head, base) == nil)
      #expect(try store.pairing(ofRun: both.id) == found)

      let some = run(3, selection: Selection(filter: "one"))
      try save([(0, .base, 1), (0, .head, 2)], in: try beginSession(store, run: some), store)
      #expect(try latest(base, head) == nil)
      #expect(try store.pairing(ofRun: some.id)?.run == some)

      let alone = run(4)
      try store.save(
        StoredExample.process(
          in: try beginSession(store, run: alone), build: StoredExample.build(1)))
      #expect(try latest(base, head) == nil)
      #expect(try store.pairing(ofRun: alone.id) == nil)
    }
  }

  @Test("Where processes say no rounds, the k-th of each commit are one")
  func counted() throws {
    try withStore { store in
      let run = Run(
        revision: StoredExample.revision(2), purpose: .import, profile: .full, seed: 1,
        started: StoredExample.start, toolVersion: "", plannedProcesses: 0,
        recorder: StoredExample.recorder)
      let session = try beginSession(store, run: run)
      // The processes are BASE, HEAD, HEAD, BASE, and a BASE without another side.
      for (order, build) in [1, 2, 2, 1, 1].enumerated() {
        try store.save(
          StoredExample.process(
            in: session, build: StoredExample.build(build), order: order,
            measurements: [StoredExample.measurement(StoredExample.wall, [Double(order + 1)])]))
      }
      let (base, head) = (StoredExample.commit(1).hash, StoredExample.commit(2).hash)
      #expect(
        try store.latestPairing(of: base, and: head, machine: StoredExample.machine)?.hasRounds
          == false)
      func values(_ base: String, _ head: String) throws -> [[Double]] {
        let series = try store.pairedSeries(ofRun: run.id, countingRoundsOf: base, and: head)
        return try #require(series.only).rounds.map { [$0.base.value, $0.head.value] }
      }
      #expect(try values(base, head) == [[1, 2], [4, 3]])
      #expect(try values(head, base) == [[2, 1], [3, 4]])
      // Of a run that is named, the older commit is BASE; of two commits that are named, the first.
      #expect(try store.pairing(ofRun: run.id)?.base.commit.hash == base)
      #expect(
        try store.latestPairing(of: head, and: base, machine: StoredExample.machine)?.base.commit
          .hash
          == head)
      #expect(try store.revisionsApart(ofRun: run.id).map(\.commit.hash) == [base, head])
      let summary = try #require(try store.runSummaries(limit: 1) { _ in true }.first)
      #expect(summary.others.map(\.commit.hash) == [base])
      #expect(try store.commits(startingWith: String(base.prefix(39)), limit: 2).count == 2)
      #expect(try store.commits(startingWith: base, limit: 2).map(\.hash) == [base])
      // With a third commit it is no pairing any more.
      try store.save(StoredExample.process(in: session, build: StoredExample.build(3), order: 5))
      #expect(try store.pairing(ofRun: run.id) == nil)
    }
  }

  /// Stores timing processes, each of one sample: BASE is the example's first build, HEAD its
  /// second.
  private func save(
    _ processes: [(round: Int, arm: RoundPosition.Arm, value: Double)], in session: Session,
    _ store: ResultsStore, from first: Int = 0
  ) throws {
    for (index, process) in processes.enumerated() {
      try store.save(
        StoredExample.process(
          in: session, build: StoredExample.build(process.arm == .head ? 2 : 1),
          order: first + index,
          measurements: [StoredExample.measurement(StoredExample.wall, [process.value])],
          position: RoundPosition(round: process.round, arm: process.arm)))
    }
  }

  private func statistic(_ value: Double, _ binary: String, _ order: Int) -> ProcessStatistic {
    ProcessStatistic(value: value, samples: 1, binaryHash: binary, order: order)
  }
}

extension Array {
  /// The only element; `nil` where there are none or several.
  fileprivate var only: Element? { count == 1 ? first : nil }
}
