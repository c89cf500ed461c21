import BenchComparer
import BenchModel
import BenchOutput
import Testing

@Suite struct ChangeWordsTests {
  private static let rate = Metric(name: "rate", unit: .perSecond, direction: .higher)
  private static let megabytes = Metric(
    name: "throughput", unit: Unit(rawValue: "MB/s"), direction: .higher)
  private static let hits = Metric(name: "hits", unit: .count, direction: .higher)

  @Test(
    "durations and rates are slower or faster, amounts more or less",
    arguments: [
      (Metric.wall, "slower", "faster", "slower", "faster"),
      (rate, "slower", "faster", "slower", "faster"),
      (megabytes, "slower", "faster", "slower", "faster"),
      (.allocations, "more", "less", "higher", "lower"),
      (.peakResidentBytes, "more", "less", "higher", "lower"),
    ])
  func words(_ metric: Metric, _ worse: String, _ better: String, _ up: String, _ down: String) {
    let (more, less) = (Example.change(0.185, 0.19), Example.change(-0.19, -0.185))
    #expect(AnswerText.text(.slower(more), of: metric) == "\(worse) by 18.8 % (18.5–19.0)")
    #expect(AnswerText.text(.faster(less), of: metric) == "\(better) by 18.8 % (18.5–19.0)")
    #expect(
      AnswerText.text(.suspectedSlower(more, moreProcesses: 2), of: metric)
        == "looks \(up) by 18.8 % (18.5–19.0): about 2 more processes would decide")
    #expect(
      AnswerText.text(.suspectedFaster(less, moreProcesses: nil), of: metric)
        == "looks \(down) by 18.8 % (18.5–19.0): --paired may decide")
  }

  @Test("of an amount of which more is better, a loss is told as a share of what there was")
  func moreIsBetter() {
    #expect(
      AnswerText.text(.slower(Example.change(1, 3)), of: Self.hits) == "less by 66.7 % (50.0–75.0)")
    #expect(
      AnswerText.text(.faster(Example.change(-0.75, -0.5)), of: Self.hits)
        == "more by 167 % (100–300)")
    #expect(
      AnswerText.text(.faster(Example.change(-1, -0.5)), of: Self.hits) == "more by 100 % or more")
    #expect(
      AnswerText.text(.suspectedSlower(Example.change(1, 3), moreProcesses: nil), of: Self.hits)
        .hasPrefix("looks lower by 66.7 % (50.0–75.0)"))
  }

  @Test("the sentence says 'worse' as soon as an amount changed")
  func sentence() {
    let slower = ComparisonRow.Answer.judged(.slower(Example.change(0.5, 0.5)))
    let same = ComparisonRow.Answer.judged(.noChange(Example.change(0, 0), largerThan: 0))
    let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    func sentence(_ rows: [ComparisonRow], _ counts: ComparisonCounts) -> String {
      VerdictSentence.text(Example.comparison(rows: rows, counts: counts))
    }
    let (time, amount) = (
      Example.row("a/b", slower), Example.row("a/b", slower, metric: allocations)
    )
    let unchanged = Example.row("a/c", same, metric: allocations)
    let shown = Example.row("a/b", slower, metric: .allocations)
    #expect(
      sentence([time, unchanged, shown], Example.counts(slower: 1, unchanged: 1))
        == "1 of 2 series is slower.")
    #expect(
      sentence([time, amount, unchanged], Example.counts(slower: 2, unchanged: 1))
        == "2 of 3 series are worse.")
    #expect(sentence([unchanged], Example.counts(unchanged: 1)) == "No series is worse.")
    #expect(
      sentence(
        [amount], Example.counts(slower: 0, faster: 2, suspectedSlower: 1, suspectedFaster: 1))
        == "No series is worse, 2 are better; 1 looks worse; 1 looks better.")
  }
}
