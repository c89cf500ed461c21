import BenchComparer
import BenchModel
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Measuring again what may have changed")
struct ComparisonConfirmationTests {
  private let commits = (base: MeasuredExample.commit(1), head: MeasuredExample.commit(2))

  private func withConfirmation(
    _ choice: ConfirmChoice, _ body: (BenchWorkflows.Confirmation) throws -> Void
  ) throws {
    try MeasuredProject.with { project in
      try body(
        BenchWorkflows.Confirmation(
          workspace: project.workspace(), choice: choice, rule: ComparisonRule(floor: 0.03),
          profile: .smoke, timeLimit: .seconds(60), benchFrom: .head))
    }
  }

  @Test("two commits are worth building")
  func twoCommits() throws {
    try withConfirmation(.auto) { confirmation in
      let chosen = try confirmation.commits(worthMeasuring: commits)
      #expect(chosen?.base == commits.base)
      #expect(chosen?.head == commits.head)
    }
  }

  @Test("the same files are worth building only where that was asked for")
  func sameTree() throws {
    let same = (base: commits.base, head: MeasuredExample.commit(2, tree: commits.base.tree))
    try withConfirmation(.auto) { confirmation in
      let chosen = try confirmation.commits(worthMeasuring: same)
      #expect(chosen == nil)
    }
    try withConfirmation(.always) { confirmation in
      let chosen = try confirmation.commits(worthMeasuring: same)
      #expect(chosen?.head == same.head)
    }
  }

  @Test("a side that is no commit is refused only where building was asked for")
  func noCommit() throws {
    try withConfirmation(.auto) { confirmation in
      let chosen = try confirmation.commits(worthMeasuring: nil)
      #expect(chosen == nil)
    }
    try withConfirmation(.always) { confirmation in
      let failure = #expect(throws: CommandFailure.self) {
        try confirmation.commits(worthMeasuring: nil)
      }
      #expect(failure?.message.hasPrefix("--confirm always builds both sides again") == true)
    }
  }

  @Test("the selection matches the suspects and nothing else")
  func order() throws {
    try withConfirmation(.auto) { confirmation in
      let suspects = [
        BenchmarkKey(id: "suite/one", parameters: ["size": "1.5"]), BenchmarkKey(id: "suite/two"),
      ]
      let order = confirmation.order(suspects)
      let filter = try Regex(#require(order.selection.filter))
      #expect(suspects.allSatisfy { $0.description.contains(filter) })
      for other in ["suite/one size=145", "suite/one", "suite/two more", "a suite/two"] {
        #expect(!other.contains(filter), "\(other)")
      }
    }
  }

  @Test("a suspect is measured whatever its size, by the rule of the comparison")
  func orderKeepsWhatWasAsked() throws {
    try withConfirmation(.auto) { confirmation in
      let order = confirmation.order([BenchmarkKey(id: "suite/one")])
      #expect(order.purpose == .confirm)
      #expect(order.profile.maximumRecords == .max)
      #expect(order.profile.processes == Profile.smoke.processes)
      #expect(order.looks == PairedLook.standard.map(\.rounds))
      #expect(order.timeLimit == .seconds(60))
      #expect(order.benchFrom == .head)
      #expect(!order.judgesIdentical)
    }
  }

  // MARK: Suspects

  private func series(_ name: String, _ values: [Double], isGate: Bool = true) -> SeriesData {
    SeriesData(
      key: SeriesKey(benchmark: BenchmarkKey(id: name), metric: "wall"),
      metric: Metric.wall.gated(isGate), version: 1, machine: MeasuredExample.here,
      sessions: [
        SeriesSession(
          id: UUID(), started: MeasuredExample.start,
          processes: values.map { ProcessStatistic(value: $0, samples: 20) })
      ])
  }

  /// Ten processes that differ by about half a per cent.
  private func quiet(_ middle: Double) -> [Double] {
    (0..<10).map { middle * (1 + Double($0 - 5) / 1_000) }
  }

  private func suspects(_ base: [SeriesData], _ head: [SeriesData]) -> [String] {
    let comparison = Comparer().compare(base: base, head: head, identicalCode: [])
    return comparison.suspects(base: base, head: head, identicalCode: []).map(\.id)
  }

  @Test("a benchmark that moved is a suspect, in whichever direction; one that did not is none")
  func moved() {
    let base = ["a/slower", "b/same", "c/faster"].map { series($0, quiet(1_000)) }
    let head = [
      series("a/slower", quiet(1_100)), series("b/same", quiet(1_000)),
      series("c/faster", quiet(900)),
    ]
    #expect(suspects(base, head) == ["a/slower", "c/faster"])
  }

  @Test("a metric that does not gate makes no suspect")
  func notGating() {
    #expect(
      suspects(
        [series("a/one", quiet(1_000), isGate: false)],
        [series("a/one", quiet(1_200), isGate: false)]
      ).isEmpty)
  }

  @Test("a benchmark of one side is no suspect")
  func oneSide() {
    #expect(suspects([], [series("a/new", quiet(1_000))]).isEmpty)
  }
}
