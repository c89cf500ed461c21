import BenchComparer
import BenchModel
import BenchOutput
import BenchWorkflows
import Testing

@Suite("The executables that a bisection has built")
struct BisectedExecutablesTests {
  private let good = MeasuredExample.built(0, binary: "good")
  private let bad = MeasuredExample.built(5, binary: "bad")

  private func executables() throws -> BisectedExecutables {
    try #require(
      BisectedExecutables(
        good: good, bad: bad, last: 5,
        series: BisectedSeries("suite/one", good: good, bad: bad)))
  }

  @Test("where both ends have the same executable there is nothing to search")
  func sameEnds() throws {
    let series = try BisectedSeries("suite/one", good: good, bad: bad)
    let same = MeasuredExample.built(5, binary: "good")
    #expect(BisectedExecutables(good: good, bad: same, last: 5, series: series) == nil)
    let without = MeasuredExample.built(5, [])
    #expect(BisectedExecutables(good: good, bad: without, last: 5, series: series) == nil)
  }

  @Test("a new executable is measured once; the next commit that has it is identical")
  func remembers() throws {
    var executables = try executables()
    #expect(executables.decide(on: MeasuredExample.built(2, binary: "new"), at: 2) == .measure)
    #expect(
      executables.decide(on: MeasuredExample.built(3, binary: "new"), at: 3) == .identical(to: 2))
  }

  @Test("the executables of both ends are known")
  func ends() throws {
    var executables = try executables()
    #expect(
      executables.decide(on: MeasuredExample.built(2, binary: "good"), at: 2) == .identical(to: 0))
    #expect(
      executables.decide(on: MeasuredExample.built(3, binary: "bad"), at: 3) == .identical(to: 5))
  }

  @Test("a commit without the benchmark, or with another version or metric, is skipped")
  func skipped() throws {
    var executables = try executables()
    #expect(
      executables.decide(on: MeasuredExample.built(1, []), at: 1)
        == .skipped("has no such benchmark"))
    for declaration in [
      MeasuredExample.declaration(version: 2), MeasuredExample.declaration(metrics: [.cpu]),
    ] {
      #expect(
        executables.decide(on: MeasuredExample.built(2, binary: "other", [declaration]), at: 2)
          == .skipped("has the benchmark in another version"))
    }
  }

  @Test("a skipped executable is not remembered")
  func skippedIsForgotten() throws {
    var executables = try executables()
    _ = executables.decide(
      on: MeasuredExample.built(2, binary: "other", [MeasuredExample.declaration(version: 2)]),
      at: 2)
    #expect(executables.decide(on: MeasuredExample.built(3, binary: "other"), at: 3) == .measure)
  }

  @Test("a found commit is compared with a parent of another executable and the same series")
  func comparable() throws {
    let executables = try executables()
    let commit = MeasuredExample.built(3, binary: "new")
    #expect(executables.areComparable(good, commit))
    #expect(!executables.areComparable(MeasuredExample.built(2, binary: "new"), commit))
    let older = MeasuredExample.built(
      2, binary: "old", [MeasuredExample.declaration(metrics: [.cpu])])
    #expect(!executables.areComparable(older, commit))
  }

  // MARK: What is said

  @Test("each commit is announced with what is left")
  func trying() {
    #expect(
      BisectionNotes.trying(MeasuredExample.commit(4), Bisection(count: 8))
        == "8 commits left, about 3 more probes: trying \(MeasuredExample.commit(4).shortHash), "
        + "Change 4")
  }

  @Test("a measured probe says by how much it differs, a skipped one why it was skipped")
  func probes() {
    let commit = MeasuredExample.commit(4)
    let measured = BisectionProbe(
      commit: commit, answer: .slower, shift: RelativeShift(estimate: 0.2, lower: 0.1, upper: 0.3),
      rounds: 4)
    #expect(BisectionNotes.text(measured).hasPrefix("\(commit.shortHash): "))
    #expect(BisectionNotes.text(measured).hasSuffix("after 4 rounds"))
    let skipped = BisectionProbe(commit: commit, answer: .skipped("does not build"))
    #expect(BisectionNotes.text(skipped).hasSuffix("does not build"))
  }
}
