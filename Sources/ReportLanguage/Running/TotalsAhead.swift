import StreamingPipeline
import Synchronization

/// The totals of groups and of the report before their records come, from a pass of their own.
struct TotalsAhead {
  private var levels: [Int: [[Value]: [Value]]] = [:]

  /// Reads the source if totals are needed.
  init(_ plan: ReportPlan, _ source: any Source, _ options: PipelineOptions) throws {
    guard !plan.ahead.isEmpty else { return }
    let numbers = plan.ahead.keys.filter { $0 > 0 }.sorted()
    var aggregation = Aggregation(
      global: plan.ahead[0] ?? [],
      groupings: numbers.map { level in
        Grouping(
          by: (0..<level).map { .computed(plan.key($0)) }, computing: plan.ahead[level] ?? [])
      })
    aggregation.limit = nil
    var options = options
    options.maxGroups = PreparedReport.mostGroupsAhead
    var source = source
    var transforms = plan.transforms()
    if let limit = plan.report.limit {
      // The limit keeps the records that come first, so nothing may be divided among partitions.
      options.partitions = 1
      if plan.filter == nil {
        source = FirstRecords(limit, of: source)
      } else {
        transforms.append(.first(limit))
      }
    }
    let run = try Pipeline.start(
      PipelineDefinition(source: source, transforms: transforms, aggregation: aggregation),
      options: options)
    guard let result = try run.runToEnd() else { return }
    levels[0] = [[]: result.global]
    for (level, grouping) in zip(numbers, result.groupings) {
      guard grouping.rejectedRecords == 0 else {
        throw ReportError.tooManyGroups(
          group: plan.report.groups[level - 1].name.text, permitted: options.maxGroups)
      }
      levels[level] = Dictionary(
        grouping.groups.map { ($0.key, $0.values) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The total with this index among those of a level, for the group with these keys.
  func value(level: Int, keys: [Value], index: Int) -> Value {
    levels[level]?[Array(keys.prefix(level))]?[index] ?? .null
  }
}

extension Transform {
  /// A transform that keeps the first `limit` records.
  fileprivate static func first(_ limit: Int) -> Transform {
    let rest = Rest(limit)
    return Transform(maskedBy: { _, mask in
      let kept = rest.take(mask.count)
      for lane in mask.indices { mask[lane] = lane < kept ? Mask.yes : Mask.no }
    })
  }
}

/// The number of records still needed.
private final class Rest: Sendable {
  private let count: Mutex<Int>

  init(_ count: Int) { self.count = Mutex(count) }

  /// Takes as many as are left, up to a number.
  func take(_ most: Int) -> Int {
    count.withLock { count in
      let taken = min(count, most)
      count -= taken
      return taken
    }
  }
}

/// A source of the first records of another one.
private struct FirstRecords: Source {
  let limit: Int
  let source: any Source

  init(_ limit: Int, of source: any Source) {
    self.limit = limit
    self.source = source
  }

  var schema: Schema { source.schema }
  var totalCount: Int? { source.totalCount.map { min($0, limit) } }

  func open(after position: SourcePosition) throws -> any SourceCursor {
    Cursor(limit - position.records, try source.open(after: position))
  }

  func isTransient(_ error: any Error) -> Bool { source.isTransient(error) }

  private final class Cursor: SourceCursor {
    private var rest: Int
    private let cursor: any SourceCursor

    init(_ rest: Int, _ cursor: any SourceCursor) {
      self.rest = rest
      self.cursor = cursor
    }

    var key: [Value] { cursor.key }

    func next(atMost demand: Int) throws -> Batch? {
      guard rest > 0, let batch = try cursor.next(atMost: min(demand, rest)) else { return nil }
      rest -= batch.rowCount
      return batch
    }
  }
}
