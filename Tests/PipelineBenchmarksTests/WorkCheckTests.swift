import PipelineBenchmarks
import PipelineWorkloads
import StreamingPipeline
import Testing

/// Tests that a benchmark with a wrong result fails, by planting each kind of wrong result once.
@Suite("The checks") struct WorkCheckTests {
  static let count = 3_000
  let orders: OrdersWorkload
  let report: ConsumedRun
  let expected: PipelineBenchmarks.Expectation

  init() throws {
    orders = try OrdersWorkload(count: Self.count, seed: 1)
    report = try ConsumedRun(of: PipelineShape.report.reading(orders), consuming: "id")
    expected = try Expectation.folding(orders, through: .report)
  }

  @Test("a right answer is accepted")
  func right() {
    #expect(expected.complaint(about: report) == nil)
    #expect(expected.groupings.map(\.count).first == OrdersWorkload.regions.count)
    #expect(expected.groupings.count == 3)
    #expect(expected.global.first == .int64(Int64(Self.count)))
  }

  @Test("a record more or fewer is refused", arguments: [-1, 1])
  func recordCount(_ change: Int) {
    var wrong = report
    wrong.records += change
    #expect(expected.complaint(about: wrong)?.contains("records arrived") == true)
  }

  @Test("a changed sum is refused")
  func sum() {
    var wrong = report
    wrong.sum += 1
    #expect(expected.complaint(about: wrong)?.contains("add up to") == true)
  }

  @Test("a run without aggregates is refused")
  func noAggregates() {
    var wrong = report
    wrong.aggregation = nil
    #expect(expected.complaint(about: wrong) != nil)
  }

  @Test("a changed aggregate over all records is refused", arguments: 0..<6)
  func globalAggregate(_ index: Int) {
    var other = expected
    other.global[index] = changed(other.global[index])
    #expect(other.complaint(about: report)?.contains("over all records") == true)
  }

  @Test("a changed aggregate of one group is refused at every level", arguments: 0..<3, 0..<6)
  func groupAggregate(_ level: Int, _ index: Int) throws {
    var other = expected
    let key = try #require(other.groupings[level].keys.first)
    other.groupings[level][key]?[index] = changed(expected.groupings[level][key]?[index] ?? nil)
    #expect(other.complaint(about: report)?.contains("the aggregates of") == true)
  }

  @Test("a group too many or under another name is refused")
  func groups() throws {
    let stranger = OrderKey(["nowhere"])
    var more = expected
    more.groupings[0][stranger] = expected.global
    #expect(more.complaint(about: report)?.contains("groups, and not") == true)
    var renamed = expected
    let key = try #require(renamed.groupings[0].keys.first)
    renamed.groupings[0][stranger] = renamed.groupings[0].removeValue(forKey: key)
    #expect(renamed.complaint(about: report)?.contains("no record belongs to") == true)
  }

  @Test("records turned away by the limit on groups are refused")
  func rejected() throws {
    var options = PipelineOptions()
    options.maxGroups = 3
    let run = try Pipeline.start(PipelineShape.report.reading(orders), options: options)
    var wrong = report
    wrong.aggregation = try run.runToEnd()
    #expect(expected.complaint(about: wrong)?.contains("in no group") == true)
  }

  private func changed(_ value: Value) -> Value {
    switch value {
    case .int64(let number): .int64(number + 1)
    case .decimal(let number):
      .decimal(FixedDecimal(mantissa: number.mantissa + 1, scale: number.scale))
    default: .int64(0)
    }
  }
}
