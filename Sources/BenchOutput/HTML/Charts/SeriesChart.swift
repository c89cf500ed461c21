import BenchComparer
import BenchModel

/// What a chart shows of one series' history.
struct SeriesChart: Sendable {
  let unit: Unit
  /// Every session.
  let all: [ChartPoint]
  /// The points that are drawn.
  let points: [ChartPoint]
  /// The drawn processes of each drawn session.
  let processes: [[Double]]
  let levels: [ChartLevel]
  let steps: [ChartStep]
  let marks: [ChartMark]

  init(_ history: SeriesHistory, marks: [ChartMark], thinning: Thinning) {
    unit = history.metric.unit
    let positions = Self.positions(of: history.points.map(\.commit))
    all = Self.points(history, at: positions)
    points = thinning.points(all)
    processes = thinning.processes(of: points)
    // A series has no level while it drifts.
    levels =
      history.levels.filter { level in !history.drifts.contains { $0.points.overlaps(level.points) }
      }
      .map { Self.level($0.points, $0.value, $0.value, at: positions) }
      + history.drifts.map { Self.level($0.points, $0.start, $0.end, at: positions) }
    steps = history.changePoints.enumerated().map { index, change in
      ChartStep(
        after: change.lastBefore, by: change.firstAfter, number: index + 1,
        isUp: change.after.value > change.before.value, isWorse: change.change.estimate > 0)
    }
    let span = (all.first?.commit ?? 0)...(all.last?.commit ?? 0)
    self.marks = marks.filter { span.contains($0.position) }
  }

  private static func level(
    _ points: Range<Int>, _ start: Double, _ end: Double, at positions: [Double]
  ) -> ChartLevel {
    ChartLevel(
      positions: positions[points.lowerBound]...positions[points.upperBound - 1], start: start,
      end: end)
  }

  private static func points(_ history: SeriesHistory, at positions: [Double]) -> [ChartPoint] {
    let outliers = Set(history.outliers.map(\.point))
    var edges = Set(history.changePoints.flatMap { [$0.point - 1, $0.point] })
    // The latest ones are what the distributions and the table begin with.
    edges.formUnion(max(history.points.count - 10, 0)..<history.points.count)
    return history.points.indices.map { index in
      let point = history.points[index]
      return ChartPoint(
        position: positions[index], median: point.median, interval: point.interval,
        quartiles: point.quartiles, processes: point.processes,
        isHollow: point.location.isDirty || point.location.isInterrupted,
        isOutlier: outliers.contains(index), isEdge: edges.contains(index))
    }
  }

  /// One position for each session: the commit's, or about it where one commit has several.
  private static func positions(of commits: [Int]) -> [Double] {
    var positions: [Double] = []
    positions.reserveCapacity(commits.count)
    for run in commits.chunkedByValue {
      for index in run {
        let share = (Double(index - run.lowerBound) + 0.5) / Double(run.count) - 0.5
        positions.append(Double(commits[index]) + share * 2 / 3)
      }
    }
    return positions
  }
}

extension [Int] {
  /// The ranges of equal neighbours.
  fileprivate var chunkedByValue: [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = startIndex
    for index in indices.dropFirst() where self[index] != self[index - 1] {
      runs.append(start..<index)
      start = index
    }
    return isEmpty ? runs : runs + [start..<endIndex]
  }
}
