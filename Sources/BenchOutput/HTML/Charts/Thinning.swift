/// Leaves out sessions that a reader would not miss, so that a page of many long series stays
/// small.
///
/// The lowest and the highest median of each stretch of neighbouring sessions stay, so that no peak
/// is lost. So do the ends, the sessions at either side of every change point, outliers, and what
/// is drawn hollow.
struct Thinning: Sendable, Hashable {
  /// About how many sessions stay of each series.
  let sessions: Int
  /// No more dots than this are drawn of a series; where there would be more, the lowest and
  /// highest process of each session stay.
  let dots: Int
  /// Rows of the table of numbers: change points and the last sessions. `benchdb export` has them
  /// all.
  let rows: Int

  /// What the series of a page may take, so that 200 of them with the rest of the page stay under 5
  /// MB.
  private static let pageBytes = 3_800_000
  /// A drawn session takes about this much, measured on a page of 200 series over 1,000 commits:
  /// its strokes 47, data for the script 13.
  private static let sessionBytes = 60
  /// `m0 120z`
  private static let dotBytes = 7
  /// A row of the table with its link.
  private static let rowBytes = 330

  /// Shares the bytes of a page among its series: three fifths for what is drawn of the sessions, a
  /// fifth for dots, a fifth for the table.
  init(seriesCount: Int) {
    let bytes = Self.pageBytes / max(seriesCount, 1)
    sessions = min(max(bytes * 3 / 5 / Self.sessionBytes, 60), 4_000)
    dots = min(max(bytes / 5 / Self.dotBytes, 240), 20_000)
    rows = min(max(bytes / 5 / Self.rowBytes, 10), 1_000)
  }

  init(sessions: Int, dots: Int, rows: Int) {
    self.sessions = sessions
    self.dots = dots
    self.rows = rows
  }

  /// The points that stay, in their order.
  func points(_ points: [ChartPoint]) -> [ChartPoint] {
    guard points.count > sessions else { return points }
    var kept = Self.extremeIndices(of: points, most: sessions)
    for index in points.indices where points[index].isNotable { kept.insert(index) }
    return kept.sorted().map { points[$0] }
  }

  /// The processes of `points` that are drawn: all of them, or the extremes of each session.
  func processes(of points: [ChartPoint]) -> [[Double]] {
    let count = points.reduce(0) { $0 + $1.processes.count }
    guard count > dots else { return points.map(\.processes) }
    return points.map { point in
      guard let least = point.processes.min(), let most = point.processes.max() else { return [] }
      return least == most ? [least] : [least, most]
    }
  }

  /// Keeps about `most` points or fewer, among them the extremes of each neighbourhood and both
  /// ends.
  static func extremes(of points: [ChartPoint], most: Int) -> [ChartPoint] {
    guard points.count > most else { return points }
    return extremeIndices(of: points, most: most).sorted().map { points[$0] }
  }

  private static func extremeIndices(of points: [ChartPoint], most: Int) -> Set<Int> {
    let stretches = max(most / 2, 1)
    var kept: Set<Int> = [0, points.count - 1]
    for stretch in 0..<stretches {
      let range =
        stretch * points.count / stretches..<(stretch + 1) * points.count / stretches
      let least = range.min { points[$0].median < points[$1].median }
      let most = range.max { points[$0].median < points[$1].median }
      kept.formUnion([least, most].compactMap(\.self))
    }
    return kept
  }
}

extension ChartPoint {
  fileprivate var isNotable: Bool { isHollow || isOutlier || isEdge }
}
