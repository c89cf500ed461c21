import PipelineWorkloads
import StreamingPipeline
import Testing

/// The groups of one grouping over rows.
private func groups(
  _ grouping: Grouping, _ schema: Schema, _ rows: [[Value]], maxDemand: Int = 500
) throws -> [GroupedResult.Group] {
  var options = PipelineOptions()
  options.maxDemand = maxDemand
  options.minDemand = 0
  let run = try Pipeline.start(
    PipelineDefinition(
      source: try MemorySource(schema: schema, rows: rows),
      aggregation: Aggregation(groupings: [grouping])), options: options)
  return try run.runToEnd()?.groupings.first?.groups ?? []
}

@Suite struct GroupingTests {
  @Test(
    "days fall into the hour, ISO week, month, quarter and year that the calendar says",
    arguments: [
      (CalendarUnit.day, "2024-02-29", "2024-02-29"), (.week, "2024-12-30", "2024-12-30"),
      (.week, "2025-01-05", "2024-12-30"), (.week, "1970-01-01", "1969-12-29"),
      (.week, "1969-12-28", "1969-12-22"), (.month, "2024-02-29", "2024-02-01"),
      (.month, "1969-12-31", "1969-12-01"), (.quarter, "2023-12-31", "2023-10-01"),
      (.quarter, "2024-05-15", "2024-04-01"), (.year, "2024-12-31", "2024-01-01"),
      (.year, "1600-02-29", "1600-01-01"),
    ])
  func calendar(unit: CalendarUnit, day: String, bucket: String) throws {
    let days = try #require(TimestampText.days(day))
    let expected = Value.date(try #require(TimestampText.days(bucket)))
    let byDate = try groups(
      Grouping(by: [.calendar(unit, of: "t")], computing: [.count]),
      try Schema([Field("t", .date)]), [[.date(days)], [nil]])
    #expect(byDate.map(\.key) == [[expected], [nil]])
    let lastSecond = Int64(days) * 86_400_000_000 + 86_399_999_999
    let byTime = try groups(
      Grouping(by: [.calendar(unit, of: "t")], computing: [.count]),
      try Schema([Field("t", .timestamp)]), [[.timestamp(lastSecond)]])
    #expect(byTime.map(\.key) == [[expected]])
  }

  @Test("an hour is the timestamp it begins at, before 1970, too")
  func hours() throws {
    let found = try groups(
      Grouping(by: [.calendar(.hour, of: "t")], computing: [.count]),
      try Schema([Field("t", .timestamp)]),
      [[.timestamp(-1)], [.timestamp(3_599_999_999)], [.timestamp(3_600_000_000)]])
    #expect(
      found.map(\.key) == [
        [.timestamp(-3_600_000_000)], [.timestamp(0)], [.timestamp(3_600_000_000)],
      ])
    #expect(throws: PipelineError.self) {
      try groups(
        Grouping(by: [.calendar(.hour, of: "t")], computing: [.count]),
        try Schema([Field("t", .date)]), [])
    }
  }

  @Test("levels are by the first key, the first two, and so on")
  func levels() {
    let levels = Grouping.levels(by: ["a", "b", "c"], computing: [.count])
    #expect(levels.map(\.keys) == [["a"], ["a", "b"], ["a", "b", "c"]])
  }

  @Test(
    "windows by count hold what the definition says, whatever the batches",
    arguments: [(1, 1), (10, 10), (10, 5), (12, 8), (7, 3), (100, 1)], [1, 3, 64])
  func countWindows(window: (size: Int, step: Int), maxDemand: Int) throws {
    let rows = (0..<157).map { [Value.int64(Int64($0)), .int64(Int64($0 % 3))] }
    let found = try groups(
      Grouping(
        by: ["k"], within: .sliding(count: window.size, every: window.step),
        computing: [.count, .sum("x"), .first("x"), .last("x")]),
      try Schema([Field("x", .int64), Field("k", .int64)]), rows, maxDemand: maxDemand)
    var expected: [[Value]: [Int64]] = [:]
    for start in stride(from: 0, to: 157, by: window.step) {
      for x in start..<min(157, start + window.size) {
        expected[[.int64(Int64(start)), .int64(Int64(x % 3))], default: []].append(Int64(x))
      }
    }
    #expect(found.count == expected.count)
    for group in found {
      let members = try #require(expected[group.key])
      #expect(
        group.values == [
          .int64(Int64(members.count)), .int64(members.reduce(0, +)), .int64(members[0]),
          .int64(members[members.count - 1]),
        ])
    }
  }

  @Test("windows by time slide over gaps and over 1970; no time is a window of its own")
  func timeWindows() throws {
    let seconds: [Int64?] = [-65, -30, 0, 29, 30, nil, 31, 200, 5]
    let rows = seconds.map { second in
      [second.map { Value.timestamp($0 * 1_000_000) } ?? .null, .int64(second ?? 1_000)]
    }
    let found = try groups(
      Grouping(
        by: [], within: .sliding(over: .seconds(60), every: .seconds(30), of: "t"),
        computing: [.count, .sum("x")]),
      try Schema([Field("t", .timestamp), Field("x", .int64)]), rows)
    var expected: [Value: (count: Int64, sum: Int64)] = [.null: (1, 1_000)]
    for case .some(let second) in seconds {
      for start in stride(from: Int64(-300), to: 300, by: 30)
      where start <= second && second < start + 60 {
        let window = Value.timestamp(start * 1_000_000)
        let before = expected[window] ?? (0, 0)
        expected[window] = (before.count + 1, before.sum + second)
      }
    }
    #expect(found.count == expected.count)
    for group in found {
      let wanted = try #require(expected[group.key[0]])
      #expect(group.values == [.int64(wanted.count), .int64(wanted.sum)])
    }
  }

  @Test("windows that cannot be are refused")
  func badWindows() throws {
    let schema = try Schema([Field("x", .int64)])
    func refuse(_ window: Window) {
      #expect(throws: PipelineError.self) {
        try groups(Grouping(by: [], within: window, computing: [.count]), schema, [])
      }
    }
    refuse(.tumbling(count: 0))
    refuse(.sliding(count: 5, every: 6))
    refuse(.sliding(count: 5, every: 0))
    refuse(.sliding(count: 1_001, every: 1_000))
    refuse(.tumbling(over: .seconds(1), of: "x"))
    refuse(.tumbling(over: .nanoseconds(1), of: "x"))
    refuse(.tumbling(over: .seconds(1), of: "y"))
  }

  @Test("an aggregation expected to need too many groups is refused, unless the limit is lifted")
  func estimate() throws {
    let four: [Operand] = ["id", "name", "value", "category"]
    let grouping = Grouping(by: four, computing: [.count])
    var aggregation = Aggregation(groupings: [Grouping](repeating: grouping, count: 10))
    #expect(
      AggregationEstimate(aggregation) == AggregationEstimate(groups: 100_000, bytes: 60_000_000))
    func start() throws {
      _ = try Pipeline.start(
        PipelineDefinition(source: try PlainWorkload(count: 1), aggregation: aggregation))
    }
    try start()
    aggregation.groupings.append(Grouping(by: "id", computing: [.count]))
    #expect(
      throws: PipelineError.estimateTooLarge(
        AggregationEstimate(groups: 100_100, bytes: 60_060_000), permitted: .defaultLimit)
    ) { try start() }
    aggregation.limit = nil
    try start()
    aggregation.limit = AggregationEstimate(groups: 200_000, bytes: 1_000_000)
    #expect(throws: PipelineError.self) { try start() }
    #expect(
      AggregationEstimate(Aggregation(groupings: Grouping.levels(by: four, computing: []))).groups
        == 16_100)
  }
}
