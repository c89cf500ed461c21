import StreamingPipeline

/// The points of a chart: a value for every category, in the order in which categories came.
struct ChartPoints {
  /// The most points, since more cannot be distinguished in a drawing. Further ones are omitted,
  /// and the drawing says how many.
  static let most = 2_000

  private let plan: PlannedChart
  private var indices: [Value: Int] = [:]
  private var points: [(category: Value, aggregate: RunningAggregate)] = []
  private var omitted = 0

  init(_ plan: PlannedChart) { self.plan = plan }

  mutating func add(_ category: Value, _ value: Value?) {
    // In a scatter chart every record is a point of its own.
    let index = plan.chart.kind == .scatter ? nil : indices[category]
    if let index { return points[index].aggregate.add(value ?? .bool(true)) }
    guard points.count < Self.most else {
      omitted += 1
      return
    }
    indices[category] = points.count
    var aggregate = RunningAggregate(plan.chart.value, of: plan.valueType)
    aggregate.add(value ?? .bool(true))
    points.append((category, aggregate))
  }

  func drawing() throws -> ChartDrawing {
    let kept: [ChartDrawing.Point]
    do {
      kept = try points.map { point in
        ChartDrawing.Point(
          category: point.category, value: try point.aggregate.value(for: plan.chart.of))
      }
    } catch let error as EvaluationError { throw ReportError.evaluation(error) }
    return ChartDrawing(
      kind: plan.chart.kind, title: plan.chart.title, points: kept.filter { !$0.value.isNull },
      omitted: omitted)
  }
}

/// The contents of a chart.
struct ChartDrawing {
  struct Point {
    let category: Value
    let value: Value
  }

  let kind: Chart.Kind
  let title: String?
  let points: [Point]
  /// The number of records that were omitted because there were too many points.
  let omitted: Int
}
