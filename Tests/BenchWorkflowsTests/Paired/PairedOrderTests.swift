import BenchComparer
import BenchModel
import BenchRunner
import BenchWorkflows
import Testing

@Suite("What a paired comparison is asked to do")
struct PairedOrderTests {
  private func order(
    mostRounds: Int = 10, timeLimit: Duration? = nil, layouts: Int = 1,
    judgesIdentical: Bool = false
  ) -> PairedOrder {
    PairedOrder(
      purpose: .confirm, profile: MeasuredExample.profile.paired(layouts: layouts, sessions: 1),
      selection: Selection(), mostRounds: mostRounds, timeLimit: timeLimit,
      rule: ComparisonRule(), judgesIdentical: judgesIdentical)
  }

  @Test("the last look is the last round")
  func plannedRounds() {
    #expect(order(mostRounds: 12).looks == [6, 10])
    #expect(order(mostRounds: 12).plannedRounds == 10)
    #expect(order(mostRounds: 5).plannedRounds == 0)
  }

  @Test("processes that take turns are looked at where signed ranks can say something")
  func turns() {
    let order = order(mostRounds: 20).taking(turns: 20)
    #expect(order.takesTurns && order.profile.turns == 20)
    #expect(order.looks == [8, 10, 15, 20])
    #expect(order.taking(turns: nil).looks == self.order(mostRounds: 20).looks)
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

  @Test("only executables that differ are measured, unless identical ones are judged")
  func measured() throws {
    let commit = MeasuredExample.commit(1)
    let same = MeasuredExample.executable(of: commit, binary: "same")
    let other = MeasuredExample.executable(of: commit, binary: "other")
    let usual = try #require(PairedLayouts(of: order(layouts: 3)))
    #expect(!usual.isMeasured(same, against: [same]))
    #expect(usual.isMeasured(other, against: [same]))
    let identical = try #require(PairedLayouts(of: order(layouts: 3, judgesIdentical: true)))
    #expect(identical.isMeasured(same, against: [same]))
  }

  @Test("executables that differ only in what they read run the same code")
  func sameCode() throws {
    let commit = MeasuredExample.commit(1)
    func executable(_ binary: String, code: String?) -> SuiteExecutable {
      MeasuredExample.executable(of: commit, binary: binary, code: code)
    }
    let layouts = try #require(PairedLayouts(of: order(layouts: 3)))
    let (before, after) = (executable("1", code: "c"), executable("2", code: "c"))
    #expect(layouts.hasSameCode(after, as: [before]))
    #expect(!layouts.hasSameCode(executable("2", code: "d"), as: [before]))
    #expect(!layouts.hasSameCode(executable("2", code: nil), as: [executable("1", code: nil)]))
    #expect(!layouts.hasSameCode(before, as: [before]), "it is not measured")
  }
}
