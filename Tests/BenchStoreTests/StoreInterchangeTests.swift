import BenchFormats
import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Export and import")
struct StoreInterchangeTests {
  @Test("an export imported into an empty database is exported as the same bytes", arguments: 1...6)
  func roundTrips(_ seed: UInt64) throws {
    try withStore { store in
      var random = RandomDatabase(seed: seed)
      try random.fill(store)
      let text = try exported(store)
      try withStore { copy in
        let counts = try imported(text, into: copy)
        #expect(counts.unchanged == 0, "seed \(seed)")
        #expect(try exported(copy) == text, "seed \(seed)")
        for stored in try store.runs() {
          let found = try copy.run(stored.run.id.uuidString)
          #expect(found == stored, "seed \(seed)")
          let (originals, copies) = try (
            store.processes(ofRun: stored.run.id), copy.processes(ofRun: stored.run.id)
          )
          #expect(originals.map(\.id) == copies.map(\.id), "seed \(seed)")
          #expect(originals.map(\.outcome) == copies.map(\.outcome), "seed \(seed)")
          #expect(originals.map(\.build) == copies.map(\.build), "seed \(seed)")
          #expect(
            originals.flatMap(\.measurements).map(\.summary.median).sorted()
              == copies.flatMap(\.measurements).map(\.summary.median).sorted(), "seed \(seed)")
        }
        #expect(try copy.baselines() == store.baselines(), "seed \(seed)")
        #expect(try copy.acceptances() == store.acceptances(), "seed \(seed)")
        #expect(try counts.acceptances == store.acceptances().count, "seed \(seed)")
      }
    }
  }

  @Test("turns travel with what makes of them a round's number")
  func turnsTravel() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      let turns = SampleTurns(samples: 2, uncounted: 1)
      func process(_ arm: RoundPosition.Arm, _ values: [Double], order: Int) -> ProcessRecord {
        StoredExample.process(
          arm, in: session, values: values, turns: turns, warmUp: 2, method: .longTurns,
          order: order)
      }
      let base = process(.base, [9, 9, 9, 4, 9, 5], order: 0)
      try store.save([base, process(.head, [1, 1, 1, 8, 1, 11], order: 1).compared(with: base)])
      let text = try exported(store)
      try withStore { copy in
        _ = try imported(text, into: copy)
        #expect(try exported(copy) == text)
        #expect(
          try copy.processes(ofRun: session.run).map(\.measurements)
            == store.processes(ofRun: session.run).map(\.measurements))
        let series = try copy.pairedSeries(ofRun: session.run)
        #expect(try series.map(\.rounds) == store.pairedSeries(ofRun: session.run).map(\.rounds))
        #expect(series.first?.method == .longTurns && series.first?.rounds.first?.shift != nil)
      }
      // Turns that do not divide the samples are refused.
      let wrong = String(decoding: text, as: UTF8.self)
        .replacing("\"turnSamples\":2", with: "\"turnSamples\":4")
      try withStore { copy in
        #expect(throws: (any Error).self) { _ = try imported(Array(wrong.utf8), into: copy) }
      }
    }
  }

  @Test("importing twice is importing once")
  func isIdempotent() throws {
    try withStore { store in
      let text = Array((foreign + line(process: nil, "[5]") + line(process: nil, "[6,7]")).utf8)
      let first = try imported(text, into: store)
      #expect(first.processes == 3 && first.measurements == 4 && first.unchanged == 0)
      let before = try exported(store)
      let second = try imported(text, into: store)
      #expect(second.processes == 0 && second.measurements == 0 && second.unchanged == 4)
      #expect(try exported(store) == before)
    }
  }

  @Test("lines without a process add to one process's samples")
  func growsUnnamed() throws {
    try withStore { store in
      let text = foreign + line(process: nil, "[5]") + line(process: nil, "[6,7]")
      _ = try imported(Array(text.utf8), into: store)
      let run = try #require(try store.runs(limit: 1).first)
      #expect(run.run.purpose == .import && run.status == .completed)
      let samples = try answer(
        store, "SELECT value_array FROM sample_array ORDER BY measurement_id DESC LIMIT 1")
      #expect(samples == [[.text("[5000000,6000000,7000000]")]])
    }
  }

  @Test("texts that only look alike are stored and exported byte for byte")
  func keepsBytes() throws {
    try withStore { store in
      let texts = ["\u{E9}", "e\u{301}", "\u{E9}"]
      let lines = texts.enumerated().map { number, text in
        line(process: "p-\(number)", "[\(number)]").replacing(
          "}\n", with: ",\"order\":\(number),\"worker\":{\"standardError\":\"\(text)\"}}\n")
      }
      _ = try imported(Array((header + lines.joined()).utf8), into: store)
      let stored = try answer(store, "SELECT hex(standard_error) FROM process ORDER BY plan_order")
      #expect(stored == [[.text("C3A9")], [.text("65CC81")], [.text("C3A9")]])
      let text = try exported(store)
      try withStore { copy in
        _ = try imported(text, into: copy)
        #expect(try exported(copy) == text)
      }
    }
  }

  @Test("a line whose samples can't be summed up does not spoil the lines after it")
  func goesOnAfterUnstorable() throws {
    try withStore { store in
      let text = foreign + line(process: "p-3", "[1e302,1e302]") + line(process: "p-4", "[7,8]")
      var reader = reader(of: Array(text.utf8))
      var refused = 0
      let result: Result<ImportCounts, any Error> = try store.importing { importer in
        Result {
          while let record = try reader.next() {
            do { try importer.add(record) } catch StoreError.unstorable { refused += 1 }
          }
        }
      }
      #expect(refused == 1)
      #expect(try result.get().measurements == 3)
      let samples = try answer(
        store, "SELECT value_array FROM sample_array ORDER BY measurement_id DESC LIMIT 1")
      #expect(samples == [[.text("[7000000,8000000]")]])
    }
  }

  @Test("a refused file leaves nothing, and neither does a dry run")
  func isTransactional() throws {
    try withStore { store in
      let empty = try exported(store)
      let refused = try attempt(Array((foreign + "{}\n").utf8), into: store)
      #expect(throws: FormatError.self) { try refused.get() }
      #expect(try exported(store) == empty)
      _ = try imported(Array(foreign.utf8), into: store, isDryRun: true)
      #expect(try exported(store) == empty)
    }
  }

  @Test("other samples for a named process are refused")
  func refusesContradiction() throws {
    try withStore { store in
      _ = try imported(Array(foreign.utf8), into: store)
      let text = Array((header + line(process: "p-1", "[9]")).utf8)
      #expect(throws: StoreError.self) { try attempt(text, into: store).get() }
    }
  }

  @Test("a session of two commits stays one session, and processes of one start share a place")
  func keepsPairs() throws {
    try withStore { store in
      _ = try imported(Array(foreign.utf8), into: store)
      let rows = try answer(
        store,
        """
        SELECT count(DISTINCT session), count(DISTINCT "commit"), min(plan_order), max(plan_order)
        FROM history
        """)
      #expect(rows == [[.integer(1), .integer(2), .integer(0), .integer(0)]])
    }
  }

  @Test("what one side withdrew is withdrawn on the other, whichever way it travels")
  func acceptancesTravel() throws {
    let acceptance = StoredExample.acceptance(1)
    for isWithdrawnHere in [true, false] {
      try withStore { here in
        try withStore { there in
          for store in [here, there] { try store.add(acceptance) }
          try (isWithdrawnHere ? here : there).withdraw([acceptance], at: StoredExample.start)
          let counts = try imported(exported(there), into: here)
          #expect(counts.acceptances == 0)
          #expect(
            try here.acceptances() == [StoredAcceptance(acceptance, withdrawn: StoredExample.start)]
          )
        }
      }
    }
  }

  @Test("a header of an earlier benchdb has no acceptances; one with half an acceptance is refused")
  func acceptanceHeaders() throws {
    try withStore { store in
      let before = "{\"benchdb\":1,\"others\":{\"runs\":[],\"sessions\":[],\"baselines\":[]}}\n"
      #expect(try imported(Array(before.utf8), into: store).acceptances == 0)
      let whole = try lines(withAcceptance: StoredExample.acceptance(1))
      #expect(try attempt(Array(whole.utf8), into: store).get().acceptances == 1)
      for (part, wrong) in [
        ("\"upTo\":0.1", "\"upTo\":-1"), (",\"upTo\":0.1", ""),
        (StoredExample.commit(1).hash, "--output=x"), ("\"2026-12-31\"", "\"2026-13-31\""),
      ] {
        #expect(whole.contains(part))
        let text = whole.replacing(part, with: wrong)
        #expect(throws: FormatError.self, "\(wrong)") {
          try attempt(Array(text.utf8), into: store).get()
        }
      }
      #expect(try store.acceptances().count == 1)
    }
  }

  private func lines(withAcceptance acceptance: Acceptance) throws -> String {
    var text = ""
    try withStore { store in
      try store.add(acceptance)
      text = String(decoding: try exported(store), as: UTF8.self)
    }
    return text
  }

  // MARK: Texts

  private let header = "{\"benchdb\":1,\"project\":\"acme\"}\n"
  private var foreign: String {
    header + line(process: "p-1", "[3.5,4]") + line(commit: 2, process: "p-2", "[3.25,4.5]")
  }

  private func line(commit: Int = 1, process: String?, _ values: String) -> String {
    let process = process.map { "\"process\":\"\($0)\"," } ?? ""
    return """
      {"commit":"\(StoredExample.commit(commit).hash)","machine":"ci","session":"s-1",\(process)\
      "started":"2026-11-23T09:05:12.345Z","benchmark":"a/b","metric":"wall","unit":"ms",\
      "values":\(values)}\n
      """
  }
}

/// A database with something in every table, different for each seed.
private struct RandomDatabase {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func fill(_ store: ResultsStore) throws {
    for number in 1...3 {
      let run = StoredExample.run(number, started: StoredExample.start + Double(number) * 1000.25)
      try store.begin(run)
      for session in 0..<Int.random(in: 0...2, using: &random) {
        let session = StoredExample.session(of: run, started: run.started + Double(session) * 60)
        try store.begin(session)
        for order in 0..<Int.random(in: 0...5, using: &random) {
          try store.save(
            process(in: session, number: number, order: order),
            level: Bool.random(using: &random) ? .sample : .batchMean)
        }
      }
      if Bool.random(using: &random) { try store.finish(run: run.id, status: .completed) }
      try store.set(
        Baseline(
          name: "b\(number)", revision: StoredExample.revision(number + 10),
          created: StoredExample.start))
      let acceptance = StoredExample.acceptance(number)
      if Bool.random(using: &random) { try store.add(acceptance) }
      if Bool.random(using: &random) {
        try store.withdraw([acceptance], at: StoredExample.start + 0.25)
      }
    }
  }

  private mutating func process(in session: Session, number: Int, order: Int) -> ProcessRecord {
    let outcomes: [ProcessOutcome] = [
      .completed, .completed, .completed, .failed(reason: "wrong \"result\"\n", detail: "é\u{1}"),
      .crashed(description: "signal 11"), .timedOut(seconds: 2.5),
      .protocolViolation(description: "no \\ JSON"),
    ]
    let outcome = outcomes[Int.random(in: outcomes.indices, using: &random)]
    let count = Int.random(in: 2...12, using: &random)
    let values = (0..<count).map { _ in
      Double.random(in: -1e3...1e12, using: &random)
        .rounded(Bool.random(using: &random) ? .down : .up)
        * (Bool.random(using: &random) ? 1 : 1.0 / 3)
    }
    let iterations = values.map { _ in Int.random(in: 1...5, using: &random) }
    let warmUp = Int.random(in: 0..<count, using: &random)
    // A paired session measures the other commit every second time.
    return StoredExample.process(
      in: session, build: StoredExample.build(number + order % 2), order: order,
      pass: order % 3 == 0 ? .counting : .timing, outcome: outcome,
      measurements: [
        StoredExample.measurement(
          StoredExample.wall, values, warmUp: warmUp, iterations: iterations),
        StoredExample.measurement(StoredExample.allocations, [12, 12]),
      ],
      position: Bool.random(using: &random)
        ? RoundPosition(round: order / 2, arm: order % 2 == 0 ? .base : .head) : nil)
  }
}
