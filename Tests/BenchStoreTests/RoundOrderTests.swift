import BenchFormats
import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

/// Which sessions of two commits count as a comparison in rounds.
@Suite struct RoundOrderTests {
  private typealias Sides = [Bool]

  /// Pairs that take turns; the first side varies.
  private func inTurn(_ pairs: Int, _ random: inout SeededRandom) -> Sides {
    var firsts = (0..<pairs).map { $0 % 2 == 0 }
    firsts.shuffle(using: &random)
    return firsts.flatMap { [$0, !$0] }
  }

  @Test("pairs that stand beside each other, with either side first, are rounds")
  func interleaved() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<200 {
      let benchmarks = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        inTurn(Int.random(in: 1...30, using: &random), &random)
      }
      #expect(RoundOrder(benchmarks).obstacle == nil)
      // A session that ended within a pair has the pairs before it.
      #expect(RoundOrder(benchmarks.map { $0 + [true] }).obstacle == nil)
    }
  }

  @Test("one side after the other, blocks and one pair out of order are none")
  func apart() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<200 {
      let count = Int.random(in: 2...30, using: &random)
      let after = Sides(repeating: true, count: count) + Sides(repeating: false, count: count)
      #expect(RoundOrder([after]).obstacle == .apart)
      #expect(RoundOrder([inTurn(count, &random), after]).obstacle == .apart)
      let block = [true, true, false, false]
      #expect(RoundOrder([inTurn(count, &random) + block]).obstacle == .apart)
    }
  }

  @Test("the same side first each time, or but for one time in twenty, is none")
  func oneFirst() {
    for pairs in 2...30 {
      for first in [true, false] {
        let same = (0..<pairs).flatMap { _ in [first, !first] }
        #expect(RoundOrder([same]).obstacle == .oneFirst)
      }
    }
    let nearly = (0..<20).flatMap { [$0 % 5 != 0, $0 % 5 == 0] }
    #expect(RoundOrder([nearly]).obstacle == .oneFirst)
  }

  // MARK: Imported

  /// Ten processes of each of two commits in one session.
  private func lines(
    _ sides: Sides, place: (Int) -> String, _ random: inout SeededRandom
  ) -> [String] {
    sides.enumerated().map { number, isBase in
      let hash = String(repeating: isBase ? "a" : "b", count: 40)
      return """
        {"commit":"\(hash)","benchmark":"s/one","metric":"wall","unit":"ns","session":"job",\
        "process":"p\(number)","values":[\(Int.random(in: 1_000...1_010, using: &random))]\
        \(place(number))}
        """
    }
  }

  private func obstacle(_ lines: [String]) throws -> RoundOrder.Obstacle? {
    var found: RoundOrder.Obstacle?
    try withStore { store in
      let text = "{\"benchdb\":1,\"project\":\"x\"}\n" + lines.joined(separator: "\n") + "\n"
      var rest = Array(text.utf8)[...]
      var reader = InterchangeReader(
        file: "results.jsonl", defaults: InterchangeDefaults(machine: StoredExample.machine)
      ) { buffer in
        let taken = rest.prefix(buffer.count)
        buffer.copyBytes(from: taken)
        rest = rest.dropFirst(taken.count)
        return taken.count
      }
      _ = try store.importing { importer in
        Result { while let record = try reader.next() { try importer.add(record) } }
      }.get()
      let run = try #require(try store.runs(limit: 1).first)
      found = try #require(try store.pairing(ofRun: run.run.id)).obstacle
    }
    return found
  }

  @Test("an imported order, or starts, tell rounds however the lines are shuffled")
  func ordered() throws {
    var random = SeededRandom(seed: 3)
    let turns = inTurn(10, &random)
    let places: [(Int) -> String] = [
      { ",\"order\":\($0)" },
      { ",\"started\":\"2026-01-01T00:\(String(format: "%02d", $0)):00Z\"" },
    ]
    for place in places {
      let shuffled = lines(turns, place: place, &random).shuffled(using: &random)
      #expect(try obstacle(shuffled) == nil)
      let apart = lines(turns.sorted { $0 && !$1 }, place: place, &random)
      #expect(try obstacle(apart.shuffled(using: &random)) == .apart)
    }
  }

  @Test("an order or a start that several processes share tells nothing")
  func ties() throws {
    var random = SeededRandom(seed: 5)
    let turns = inTurn(10, &random)
    for place in [",\"order\":0", ",\"started\":\"2026-01-01T00:00:00Z\""] {
      let all = lines(turns, place: { _ in place }, &random)
      #expect(try obstacle(all) == .unknown)
      #expect(try obstacle(all.shuffled(using: &random)) == .unknown)
    }
  }

  @Test("without an order and a start nothing is known, whatever the order of the lines")
  func unordered() throws {
    var random = SeededRandom(seed: 4)
    let all = lines(inTurn(10, &random), place: { _ in "" }, &random)
    #expect(try obstacle(all) == .unknown)
    #expect(try obstacle(all.shuffled(using: &random)) == .unknown)
  }
}
