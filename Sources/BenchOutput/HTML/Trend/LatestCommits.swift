import BenchComparer
import BenchModel

/// How the processes of the last two measured commits of a series are distributed, side by side.
struct LatestCommits {
  private let sides: [StripChart.Side]
  private let metric: Metric

  /// - Returns: `nil` where there are no two commits.
  init?(_ history: SeriesHistory, line: CommitLine) {
    let clean = history.points.filter { !$0.location.isDirty }
    guard let last = clean.last?.commit,
      let before = clean.last(where: { $0.commit != last })?.commit
    else { return nil }
    metric = history.metric
    sides = [before, last].map { commit in
      StripChart.Side(
        label: line.commits[commit].commit.shortHash,
        values: clean.lazy.filter { $0.commit == commit }.flatMap(\.processes))
    }
  }

  func write(to html: inout HTML) {
    html.element("h4", "The last two commits")
    StripChart(sides: sides, unit: metric.unit).write(to: &html)
    html.element("p", ["class": "small"], sentence)
  }

  /// A description, not a verdict: two commits alone seldom tell.
  private var sentence: String {
    let parts =
      "Each dot is a process, the box holds the middle half of them, the line is the median"
    let medians = sides.compactMap { Spread($0.values)?.median }
    guard medians.count == 2, medians != [0, 0] else { return parts + "." }
    if let zero = ZeroChange(from: medians[0], to: medians[1]) {
      return "\(parts). The median \(ChangeWords(metric).text(zero))."
    }
    let shift = RelativeSize.signed((medians[1] - medians[0]) / abs(medians[0]))
    return "\(parts). The median shifted by \(shift)."
  }
}
