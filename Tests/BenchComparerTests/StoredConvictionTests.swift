import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// When a stored comparison may convict of what chance can touch.
@Suite struct StoredConvictionTests {
  /// Three sessions of HEAD after BASE, with sessions of identical code around both.
  private func compared(
    by change: Double, sessions: Int = 3, processes: Int = 10, metric: Metric = bytes,
    history known: [IdenticalCodeGroup]? = nil, counts: (Double, Double)? = nil
  ) -> Comparison {
    func side(_ middle: Double, hours: [Double]) -> SeriesData {
      series(
        hours.map { session(Array(quiet(middle).prefix(processes)), hour: $0) }, metric: metric)
    }
    var base = [side(100, hours: [-20])]
    var head = [side(100 * (1 + change), hours: (0..<sessions).map { -Double($0) })]
    if let counts {
      base.append(series([counts.0, counts.0], metric: .instructions))
      head.append(series([counts.1, counts.1], metric: .instructions))
    }
    return compare(
      base, head, identicalCode: known ?? [history(metric: metric)])
  }

  private static let bytes = Metric(name: "peak", unit: .bytes, isGate: true)

  @Test("three sessions of HEAD far beyond all that identical code did are slower")
  func convicts() throws {
    let comparison = compared(by: 0.1)
    #expect(comparison.counts[.slower] == 1, "\(comparison.rows)")
    let change = try #require(comparison.rows.first?.answer.change)
    #expect(change.lower > 0.01 && change.upper < 0.2)
    #expect(compared(by: -0.1).counts[.faster] == 1)
  }

  @Test("each condition by itself is needed; without it the change is a suspicion")
  func conditions() {
    let open: [Comparison] = [
      compared(by: 0.1, sessions: 1),
      compared(by: 0.1, processes: 3),
      compared(by: 0.1, history: []),
      compared(by: 0.1, history: [history(metric: Self.bytes, count: 19)]),
      // All of one afternoon, a month before.
      compared(by: 0.1, history: [history(metric: Self.bytes, from: -800)]),
      compared(by: 0.1, history: [wide(from: 100, to: 109)]),
    ]
    for (number, comparison) in open.enumerated() {
      #expect(comparison.counts[.slower] == 0, "condition \(number)")
      #expect(comparison.counts[.suspectedSlower] + comparison.counts[.inconclusive] == 1)
    }
    #expect(compared(by: 0.1, history: [wide(from: 100, to: 101)]).counts[.slower] == 1)
  }

  @Test("sessions that follow one another's levels convict nothing, the same levels shuffled do")
  func wandering() {
    func history(_ levels: [Double]) -> IdenticalCodeGroup {
      IdenticalCodeGroup(
        series: key(metric: Self.bytes.name),
        sessions: levels.enumerated().map { number, level in
          session(quiet(level), binary: "known", hour: Double(number) - 23)
        })
    }
    var random = SeededRandom(seed: 27)
    var (wandered, shuffled) = (0, 0)
    for _ in 0..<40 {
      let step = exp(Double.random(in: -9 ... -7, using: &random))
      var level = 100.0
      let levels = (0..<24).map { _ in
        level *= exp(step * random.nextNormal())
        return level
      }
      wandered += compared(by: 0.1, history: [history(levels)]).counts[.slower]
      let mixed = levels.shuffled(using: &random)
      shuffled += compared(by: 0.1, history: [history(mixed)]).counts[.slower]
    }
    // By chance a walk may look independent, and a shuffled one may not.
    #expect(wandered <= 2 && shuffled >= 36, "seed 27: \(wandered) and \(shuffled) of 40")
  }

  @Test("what may not convict does not at any level")
  func anyLevel() {
    let comparison = Comparer(rule: ComparisonRule(alpha: 1)).compare(
      base: [series(quiet(100))], head: [series(quiet(200))], identicalCode: [])
    #expect(comparison.counts[.slower] == 0, "\(comparison.rows)")
  }

  /// Sessions of identical code between two levels.
  private func wide(from low: Double, to high: Double) -> IdenticalCodeGroup {
    IdenticalCodeGroup(
      series: key(metric: Self.bytes.name),
      sessions: (0..<24).map { number in
        session(quiet(number == 11 ? high : low), binary: "known", hour: Double(number) - 23)
      })
  }

  @Test(
    "a duration is convicted only where an exact count moved with it, or by far",
    arguments: [
      (change: 0.1, counts: (1_000.0, 1_100.0), kind: AnswerKind.slower),
      (change: 0.1, counts: (1_000.0, 1_002.0), kind: .codeOrLayout),
      (change: 0.1, counts: (1_000.0, 900.0), kind: .codeOrLayout),
      (change: 0.8, counts: (1_000.0, 1_000.0), kind: .slower),
      (change: -0.1, counts: (1_000.0, 900.0), kind: .faster),
      (change: -0.1, counts: (1_000.0, 1_002.0), kind: .codeOrLayout),
    ])
  func durations(change: Double, counts: (Double, Double), kind: AnswerKind) {
    let comparison = compared(by: change, metric: .wall.gated(true), counts: counts)
    #expect(comparison.counts[kind] == 1, "\(comparison.rows)")
    let uncounted = compared(by: 0.1, metric: .wall.gated(true))
    #expect(uncounted.counts[.codeOrLayout] == 1)
    #expect(compared(by: 0.4, metric: .wall.gated(true)).counts[.slower] == 1)
  }

  @Test("sessions that fall on two levels, however they are ordered, teach that there are two")
  func twoLevels() throws {
    var random = SeededRandom(seed: 21)
    for _ in 0..<60 {
      let count = Int.random(in: 3...20, using: &random)
      let gap = Double.random(in: 0.05...0.6, using: &random)
      let scale = exp(Double.random(in: -20...20, using: &random))
      let levels = (0..<count).map { $0 % 2 == 0 ? 1.0 : 1 + gap }.shuffled(using: &random)
      let group = IdenticalCodeGroup(
        series: key(),
        sessions: levels.enumerated().map { number, level in
          session(quiet(level * scale), binary: "a", hour: 24 * Double(number))
        })
      let base = series(group.sessions)
      let head = series([session(quiet((1 + gap) * scale), hour: 24 * Double(count))])
      let comparison = compare([base], [head], identicalCode: [group])
      #expect(
        comparison.counts[.slower] + comparison.counts[.suspectedSlower]
          + comparison.counts[.noChange] == 0, "\(count) sessions, gap \(gap): \(comparison.rows)")
    }
  }

  @Test("sessions of one side that disagree are told, and nothing is decided by them")
  func disagreement() {
    var random = SeededRandom(seed: 22)
    for _ in 0..<40 {
      let gap = Double.random(in: 0.1...1, using: &random)
      let sides = [
        series([session(quiet(100)), session(quiet(100))]),
        series([session(quiet(100)), session(quiet(100 * (1 + gap)))]),
      ]
      for (base, head, side) in [
        (sides[0], sides[1], Reason.Side.head), (sides[1], sides[0], .base),
      ] {
        let comparison = compare([base], [head])
        #expect(comparison.counts[.inconclusive] == 1, "\(gap): \(comparison.rows)")
        let told = comparison.warnings.compactMap { warning -> Double? in
          if case .sessionsDisagree(side, [key()], let largest) = warning { largest } else { nil }
        }
        #expect(told.count == 1 && abs((told.first ?? 0) - gap) < 1e-6)
      }
    }
    #expect(
      !compare([series(quiet(100))], [series(quiet(150))]).warnings.contains {
        if case .sessionsDisagree = $0 { true } else { false }
      })
  }
}
