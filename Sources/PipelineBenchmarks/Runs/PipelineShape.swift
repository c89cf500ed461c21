package import StreamingPipeline

/// A pipeline over orders without its source. The suites run it with several sources.
package struct PipelineShape: Sendable {
  package var transforms: [Transform] = []
  package var aggregation = Aggregation()
  /// The whole-number or money field that the consumer adds up as records arrive.
  package var consumed = "id"

  package func reading(_ source: some Source) -> PipelineDefinition {
    PipelineDefinition(source: source, transforms: transforms, aggregation: aggregation)
  }
}

extension PipelineShape {
  /// A pipeline with nothing between source and consumer.
  package static let simple = PipelineShape()

  /// A pipeline that computes one field, gross = amount + tax, which the consumer adds up.
  package static let map = PipelineShape(
    transforms: [
      .map(Field("gross", .decimal(scale: 2)), from: "amount", "tax") {
        (amount: Int64, tax: Int64) in amount &+ tax
      }
    ], consumed: "gross")

  /// A pipeline with two conditions, on text and on a number, which keep about a third of the
  /// records.
  package static let filter = PipelineShape(
    transforms: [
      .filter(.compare("status", .equal, "open") && .compare("quantity", .greaterOrEqual, 12))
    ])

  /// The open orders of a dozen or more: `filter` and `map`, followed by their number and sum for
  /// each territory of each region.
  package static let sales = PipelineShape(
    transforms: filter.transforms + map.transforms,
    aggregation: Aggregation(
      groupings: [
        Grouping(by: Array(OrderKey.fields.prefix(2)), computing: [.count, .sum("gross")])
      ]), consumed: "gross")

  /// All aggregates over all records.
  package static let global = PipelineShape(
    aggregation: Aggregation(global: OrderAggregates.aggregates))

  /// All aggregates for each territory of each region: 20 groups, and 5 of orders without a
  /// territory.
  package static let grouped = levels(2...2)

  /// The report: all aggregates over all records and for three cumulative levels of groups: region,
  /// territory and order type.
  package static let report: PipelineShape = {
    var shape = levels(1...3)
    shape.aggregation.global = OrderAggregates.aggregates
    return shape
  }()

  /// All aggregates for the groups of the finest level only: 80 groups, and 20 of orders without a
  /// territory.
  package static let finest = levels(3...3)

  /// All aggregates for the groups of these levels.
  package static func levels(_ levels: ClosedRange<Int>) -> PipelineShape {
    PipelineShape(
      aggregation: Aggregation(
        groupings: levels.map { level in
          Grouping(by: Array(OrderKey.fields.prefix(level)), computing: OrderAggregates.aggregates)
        }))
  }
}
