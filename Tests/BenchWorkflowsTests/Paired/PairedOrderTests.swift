import BenchComparer
import BenchModel
import BenchRunner
import BenchWorkflows
import Testing

@Suite("What a paired comparison is asked to do")
struct PairedOrderTests {
  private func order(
    looks: [Int] = [6, 10], timeLimit: Duration? = nil, layouts: Int = 1,
    judgesIdentical: Bool = false
  ) -> PairedOrder {
    PairedOrder(
      purpose: .confirm, profile: MeasuredExample.profile.paired(layouts: layouts, sessions: 1),
      selection: Selection(), looks: looks, timeLimit: timeLimit,
      judge: PairedJudge(rule: ComparisonRule()), judgesIdentical: judgesIdentical)
  }

  @Test("the last look is the last round")
  func plannedRounds() {
    #expect(order(looks: [6, 10]).plannedRounds == 10)
    #expect(order(looks: []).plannedRounds == 0)
  }

  @Test("each side has its own benchmarks unless something else is asked for")
  func benchmarks() {
    #expect(order().benchFrom == .own)
  }

  @Test("what is left until a deadline is the new limit")
  func limited() {
    let now = ContinuousClock.now
    let order = order(timeLimit: .seconds(100))
    #expect(order.limited(to: now + .seconds(40), from: now).timeLimit == .seconds(40))
    #expect(order.limited(to: now - .seconds(1), from: now).timeLimit == .zero)
    #expect(order.limited(to: nil, from: now).timeLimit == nil)
    #expect(order.limited(to: nil, from: now).looks == order.looks)
  }

  // MARK: Layouts

  @Test("one layout needs no link order")
  func oneLayout() {
    #expect(PairedLayouts(of: order(layouts: 1)) == nil)
  }

  @Test("two commits are linked with the same seeds")
  func twoCommits() {
    let layouts = PairedLayouts(of: order(layouts: 3))
    #expect(layouts?.baseSeeds == 1..<4)
    #expect(layouts?.headSeeds == 1..<4)
  }

  @Test("a commit that is compared with itself gets other layouts on its second side")
  func sameCommit() {
    let layouts = PairedLayouts(of: order(layouts: 3, judgesIdentical: true))
    #expect(layouts?.baseSeeds == 1..<4)
    #expect(layouts?.headSeeds == 4..<7)
  }

  @Test("only executables that differ are linked again, unless identical ones are judged")
  func differing() throws {
    let commit = MeasuredExample.commit(1)
    let same = MeasuredExample.executable(of: commit, binary: "same")
    let other = MeasuredExample.executable(of: commit, binary: "other")
    let usual = try #require(PairedLayouts(of: order(layouts: 3))).differing(from: [same])
    #expect(!usual(same))
    #expect(usual(other))
    let identical = try #require(PairedLayouts(of: order(layouts: 3, judgesIdentical: true)))
    #expect(identical.differing(from: [same])(same))
  }
}
