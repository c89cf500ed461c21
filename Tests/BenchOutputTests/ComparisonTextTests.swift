import BenchComparer
import BenchModel
import BenchOutput
import Testing
import TextCoding

@Suite struct ComparisonTextTests {
  @Test(
    "A comparison reads as it was agreed",
    arguments: [("simple", 80), ("simple", 120), ("everything", 80), ("everything", 120)])
  func golden(_ name: String, _ width: Int) throws {
    let comparison = name == "simple" ? Example.simple : Example.everything
    for isColoured in [false, true] {
      for showsAll in [false, true] {
        let text = ComparisonText(
          comparison, setting: Example.setting, showsAll: showsAll, width: width,
          style: TerminalStyle(isColoured: isColoured)
        ).text
        let variant = (showsAll ? "-all" : "") + (isColoured ? "-colour" : "")
        try expectGolden(text, "comparison-\(name)-\(width)\(variant).txt")
      }
    }
  }

  @Test("No line is wider than the terminal, and colour changes no letter")
  func fits() {
    for width in [72, 80, 100, 120, 200] {
      for showsAll in [false, true] {
        let plain = text(Example.everything, showsAll, width, .plain)
        #expect(plain.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= width })
        let coloured = text(Example.everything, showsAll, width, TerminalStyle(isColoured: true))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
        #expect(!plain.contains("\u{1B}"))
        #expect(!plain.lowercased().contains("significant"))
      }
    }
  }

  @Test("Rows that say the same are folded from four on")
  func folds() {
    let rows = (1...4).map {
      Example.row("a/\($0)", .judged(.inconclusive(Example.change(-0.03, 0.03), moreProcesses: 5)))
    }
    let few = Example.comparison(rows: Array(rows.dropLast()), counts: Example.counts(undecided: 3))
    #expect(!text(few).contains("⋯"))
    let many = Example.comparison(rows: rows, counts: Example.counts(undecided: 4))
    #expect(text(many).contains("⋯ 4 cannot tell (±3.0 %)"))
    #expect(text(many, true).contains("a/4"))
  }

  @Test("What stands beside 'cannot tell' holds the estimate")
  func inconclusive() {
    func text(_ lower: Double, _ upper: Double, _ more: Int? = nil) -> String {
      AnswerText.text(.inconclusive(Example.change(lower, upper), moreProcesses: more), of: .wall)
    }
    #expect(text(-0.02, 0.058) == "cannot tell: +1.9 % (−2.0 to +5.8)")
    #expect(text(0.08, 0.12, 3) == "cannot tell: 10.0 % (8.0–12.0); about 3 more processes")
    #expect(text(98.9, 99) == "cannot tell: a factor of 100 (99.9–100)")
    #expect(text(-0.12, -0.08) == "cannot tell: −10.0 % (−12.0 to −8.0)")
    #expect(text(-0.5, .infinity) == "cannot tell: any change is possible")
  }

  @Test(
    "The verdict is one sentence",
    arguments: [
      (Example.counts(slower: 1, unchanged: 33), "1 of 34 series is slower."),
      (Example.counts(slower: 2, faster: 1), "2 of 3 series are slower, 1 is faster."),
      (Example.counts(unchanged: 3), "No series is slower."),
      (Example.counts(suspectedSlower: 3, unchanged: 1), "No series is slower; 3 look slower."),
      (
        Example.counts(faster: 2, suspectedSlower: 1, suspectedFaster: 1, undecided: 4),
        "No series is slower, 2 are faster; 1 looks slower; 1 looks faster; 4 cannot be decided."
      ),
      (Example.counts(undecided: 2), "Cannot tell: all 2 judged series are undecided."),
      (Example.counts(undecided: 1), "Cannot tell: the only judged series is undecided."),
      (
        Example.counts(identical: 5),
        "Identical code: the executables, and the files that `reads` names, are the same byte for byte."
      ),
      (Example.counts(notJudged: [.new: 2, .failed: 1]), "Nothing judged: 2 new, 1 failed."),
      (Example.counts(), "Nothing judged: there is no series to compare."),
    ])
  func verdict(_ counts: ComparisonCounts, _ sentence: String) {
    #expect(VerdictSentence.text(counts) == sentence)
  }

  @Test("Reasons are counted in words, the most frequent first")
  func reasons() {
    #expect(
      NotJudgedText.list([.otherMachine: 2, .new: 3, .oneProcess: 2, .noLongerGates: 1])
        == "3 new, 2 with one process, 2 on another machine class, 1 no longer gates")
  }

  @Test("Sides of one commit are told apart, and uncommitted changes are marked")
  func sides() {
    let clean = SideDescription(shortHash: "4f2c1aa", processes: 1)
    let dirty = SideDescription(
      shortHash: "4f2c1aa", name: "work tree", isDirty: true, processes: 2)
    let same = ComparisonSetting(base: clean, head: clean, machine: "")
    let rows = [Example.row("a/b", .judged(.slower(Example.change(0.05, 0.06))))]
    let comparison = Example.comparison(rows: rows, counts: Example.counts(slower: 1))
    #expect(ComparisonText(comparison, setting: same).text.contains("base     head"))
    let other = ComparisonText(
      comparison, setting: ComparisonSetting(base: clean, head: dirty, machine: ""), width: 120
    ).text
    #expect(
      other.hasPrefix(
        "comparing 4f2c1aa* (work tree, uncommitted changes, 2 processes) with 4f2c1aa (1 process)\n"
      ))
  }

  @Test(
    "What changed beside two gate series of one benchmark is shown once, and the reason has the same words"
  )
  func besideOnce() {
    let slower = ComparisonRow.Answer.judged(.slower(Example.change(0.05, 0.06)))
    let rows = [
      Example.row("a/b", slower),
      Example.row("a/b", slower, metric: Metric.allocations.gated(true), base: 100, head: 106),
      Example.row("a/b", slower, metric: Metric.cpu),
    ]
    let comparison = Example.comparison(rows: rows, counts: Example.counts(slower: 2))
    let lines = ComparisonText(comparison, setting: Example.setting, width: 120).text
      .split(separator: "\n")
    #expect(lines.count { $0.contains("a/b · cpu") } == 1)
    #expect(lines.contains { $0.contains("2 of 2 series are worse.") })
    let exit = ComparisonExit(of: comparison, requirements: ComparisonRequirements())
    #expect(exit.reason == "exit 1: 2 series are worse")
  }

  @Test("A measured false-alarm rate is told with what it stands on")
  func falseAlarms() {
    let setting = ComparisonSetting(
      base: Example.setting.base, head: Example.setting.head, machine: "m",
      falseAlarms: .init(alarms: 2, judged: 500, upperBound: 0.0125))
    let text = ComparisonText(Example.simple, setting: setting, width: 160).text
    #expect(
      text.contains(
        "Measured false-alarm rate here: 2 of 500 series, under 1.2 % (95 % confidence)."))
  }

  private func text(
    _ comparison: Comparison, _ showsAll: Bool = false, _ width: Int = 100,
    _ style: TerminalStyle = .plain
  ) -> String {
    ComparisonText(
      comparison, setting: Example.setting, showsAll: showsAll, width: width, style: style
    ).text
  }
}
