import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Rounds that are stored")
struct StoredRoundsTests {
  private let base = MeasuredExample.executable(of: MeasuredExample.commit(1))
  private let head = MeasuredExample.executable(of: MeasuredExample.commit(2))

  private func withStore(_ body: (ResultsStore, MeasuredProject) throws -> Void) throws {
    try MeasuredProject.with { project in
      let store = try ResultsStore.fresh(in: project.root)
      defer { try? store.close() }
      try body(store, project)
    }
  }

  private func storedRun(
    _ rounds: [(base: Double, head: Double?)], in store: ResultsStore, hour: Double = 0,
    sessions: Int? = nil, status: RunStatus = .completed
  ) throws -> Run {
    let profile = MeasuredExample.profile.paired(layouts: 1, sessions: sessions ?? 1)
    let run = MeasuredExample.run(
      head.build.revision.commit, purpose: .confirm, profile: profile,
      started: MeasuredExample.start + 3_600 * hour)
    try store.store(run, rounds: rounds, of: base, and: head, status: status)
    return run
  }

  private func name(_ run: Run) -> String { "run:" + run.shortID }

  @Test("a run of both sides that is named alone is judged round by round")
  func namedAlone() throws {
    try withStore { store, project in
      let run = try storedRun([(100, 120), (100, 120), (100, 120)], in: store)
      let rounds = try #require(
        try StoredRounds(ofRun: name(run), head: nil, store, project.workspace()))
      let judged = try rounds.judged(by: ComparisonRule(), judgesIdentical: false)
      #expect(judged.base == base.build.revision)
      #expect(judged.head == head.build.revision)
      #expect(judged.comparison.counts[.slower] == 1)
      #expect(judged.setting.base.name == name(run))
      #expect(project.notes.all.contains("Run \(run.shortID) measured both sides in turn"))
    }
  }

  @Test("a run is both sides, one side alone is not, and a revision is no run")
  func otherNames() throws {
    try withStore { store, project in
      let run = try storedRun([(100, 120), (100, 120)], in: store)
      let workspace = try project.workspace()
      #expect(try StoredRounds(ofRun: name(run), head: name(run), store, workspace) != nil)
      #expect(try StoredRounds(ofRun: name(run), head: "HEAD", store, workspace) == nil)
      #expect(try StoredRounds(ofRun: "HEAD", head: nil, store, workspace) == nil)
      #expect(try StoredRounds(ofRun: nil, head: nil, store, workspace) == nil)
    }
  }

  @Test("a run of one revision has no rounds")
  func oneRevision() throws {
    try withStore { store, project in
      let run = MeasuredExample.run(base.build.revision.commit)
      try store.store(run) {
        try store.save(MeasuredExample.process(in: $0, build: base.build, value: 100))
      }
      #expect(
        try StoredRounds(ofRun: name(run), head: nil, store, project.workspace()) == nil)
    }
  }

  // MARK: Two commits

  private func side(
    _ executable: SuiteExecutable, in store: ResultsStore, name: String
  ) -> NamedSide {
    let revision = executable.build.revision
    return NamedSide(
      store: store, revision: revision,
      selection: .revision(commit: revision.commit.hash, differenceHash: nil), name: name, note: nil
    )
  }

  private func latest(in store: ResultsStore, _ project: MeasuredProject) throws -> StoredRounds? {
    try StoredRounds(
      latestOf: (side(base, in: store, name: "v1"), side(head, in: store, name: "v2")), store,
      project.workspace())
  }

  @Test("two commits that one session measured last are judged round by round")
  func latestOfTwo() throws {
    try withStore { store, project in
      #expect(try latest(in: store, project) == nil)
      _ = try storedRun([(100, 100), (100, 100)], in: store)
      let judged = try latest(in: store, project)?.judged(
        by: ComparisonRule(), judgesIdentical: false)
      #expect(judged?.comparison.counts[.noChange] == 1)
      #expect(judged?.setting.base.name == "v1")
      #expect(judged?.setting.head.name == "v2")
    }
  }

  @Test("what was measured of either since goes before")
  func measuredSince() throws {
    try withStore { store, project in
      _ = try storedRun([(100, 100), (100, 100)], in: store)
      let run = MeasuredExample.run(
        head.build.revision.commit, started: MeasuredExample.start + 7_200)
      try store.store(run) {
        try store.save(MeasuredExample.process(in: $0, build: head.build, value: 100))
      }
      #expect(try latest(in: store, project) == nil)
    }
  }

  // MARK: Several sessions

  @Test("a change must show in every session of a comparison that asked for several")
  func severalSessions() throws {
    try withStore { store, project in
      let slower: [(Double, Double?)] = [(100, 120), (100, 120)]
      let same: [(Double, Double?)] = [(100, 100), (100, 100)]
      let runs = [
        try storedRun(slower, in: store, hour: 0, sessions: 2),
        try storedRun(same, in: store, hour: 1, sessions: 2),
        try storedRun(slower, in: store, hour: 2, sessions: 2),
        try storedRun(slower, in: store, hour: 3, sessions: 2),
      ]
      let slowerCounts = try runs.map { run in
        try StoredRounds(ofRun: name(run), head: nil, store, project.workspace())?
          .judged(by: ComparisonRule(), judgesIdentical: false).comparison.counts[.slower]
      }
      #expect(slowerCounts == [0, 0, 1, 1])
    }
  }

  @Test("sessions are grouped in the order in which they were measured")
  func groups() throws {
    try withStore { store, _ in
      let pairings = try (0..<5).map { hour in
        let run = try storedRun([(100, 100)], in: store, hour: Double(hour))
        return try #require(try store.pairing(ofRun: run.id))
      }
      func group(_ index: Int) -> [Int] {
        StoredRounds.group(of: pairings[index], among: pairings, sessions: 2)
          .compactMap { pairing in pairings.firstIndex { $0.run.id == pairing.run.id } }
      }
      #expect((0..<5).map(group) == [[0, 1], [0, 1], [2, 3], [2, 3], [4]])
      let alone = StoredRounds.group(of: pairings[0], among: [pairings[1]], sessions: 2)
      #expect(alone.map(\.run.id) == [pairings[0].run.id])
    }
  }

  // MARK: False alarms

  @Test("completed calibrations on this class of machines say how often the rule is wrong")
  func falseAlarms() throws {
    try withStore { store, _ in
      func calibrate(_ head: Double, status: RunStatus = .completed) throws {
        let run = MeasuredExample.run(base.build.revision.commit, purpose: .calibrate)
        try store.store(
          run, rounds: [(100, head), (100, head)], of: base, and: base, status: status)
      }
      try calibrate(100)
      try calibrate(120)
      try calibrate(120, status: .interrupted)
      let measured = try store.falseAlarms(
        of: ComparisonRule(), on: MeasuredExample.here, standing: .unconcerned, inTurns: false)
      #expect((measured.alarms, measured.judged) == (1, 2))
      let varied = try store.falseAlarms(
        of: ComparisonRule(), on: MeasuredExample.here, standing: .varied, inTurns: false)
      #expect(varied.judged == 0)
    }
  }

  @Test("a rate is shown where it was measured with layouts like those that were compared")
  func likeLayouts() throws {
    try withStore { store, _ in
      let run = MeasuredExample.run(base.build.revision.commit, purpose: .calibrate)
      try store.store(run, rounds: [(100, 100), (100, 100)], of: base, and: base)
      let calibrated = try store.pairedSeries(ofRun: run.id)
      func rate(_ standing: LayoutStanding?) throws -> MeasuredFalseAlarmRate? {
        try store.falseAlarms(
          of: ComparisonRule(), on: MeasuredExample.here,
          like: calibrated.map { $0.with(standing ?? $0.layout) })
      }
      #expect(calibrated.layoutStanding == .unconcerned)
      #expect(try rate(nil)?.judged == 1)
      for other in [LayoutStanding.varied, .one, .trusted] { #expect(try rate(other) == nil) }
      let mixed = calibrated + calibrated.map { $0.with(.varied) }
      #expect(mixed.layoutStanding == nil)
    }
  }

  @Test("durations of one layout are trusted where the user says so")
  func trusted() throws {
    func choice(_ flag: String?, _ environment: String?) throws -> OneLayoutChoice {
      let variables = environment.map { ["BENCHDB_ONE_LAYOUT": $0] } ?? [:]
      return try PairedChoice(oneLayout: flag)
        .oneLayoutChoice(Settings(environment: variables, file: [:]))
    }
    #expect(try choice(nil, nil) == .corroborate)
    #expect(try choice(nil, "trust") == .trust)
    #expect(try choice("corroborate", "trust") == .corroborate)
    #expect(throws: CommandFailure.self) { try choice("yes", nil) }
    try withStore { store, _ in
      let series = try store.pairedSeries(ofRun: try storedRun([(100, 120)], in: store).id)
      #expect(series.map(\.layout) == [.one])
      #expect(series.map(\.trustingOneLayout.layout) == [.trusted])
      #expect(series.map { $0.with(.varied).trustingOneLayout.layout } == [.varied])
    }
  }
}

extension PairedSeries {
  fileprivate func with(_ layout: LayoutStanding) -> PairedSeries {
    PairedSeries(
      key: key, machine: machine, source: source, session: session, started: started,
      state: state, base: base, head: head, rounds: rounds, floor: floor, layout: layout)
  }
}
