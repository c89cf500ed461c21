package import StreamingPipeline

/// A pipeline over orders without its source: what the suites run, once from each source.
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
  /// Nothing between source and consumer.
  package static let simple = PipelineShape()

  /// One computed field, gross = amount + tax, which the consumer adds up.
  package static let map = PipelineShape(
    transforms: [
      .map(Field("gross", .decimal(scale: 2)), from: "amount", "tax") {
        (amount: Int64, tax: Int64) in amount &+ tax
      }
    ], consumed: "gross")

  /// Two conditions, on text and on a number, that keep about a third of the records.
  package static let filter = PipelineShape(
    transforms: [
      .filter(.compare("status", .equal, "open") && .compare("quantity", .greaterOrEqual, 12))
    ])

  /// The open orders of a dozen or more: `filter` and `map`, then how many they are and what they
  /// come to, for each territory of each region.
  package static let sales = PipelineShape(
    transforms: filter.transforms + map.transforms,
    aggregation: Aggregation(
      groupings: [
        Grouping(by: Array(OrderKey.fields.prefix(2)), computing: [.count, .sum("gross")])
      ]), consumed: "gross")

  /// All figures over all records.
  package static let global = PipelineShape(
    aggregation: Aggregation(global: OrderAggregates.aggregates))

  /// All figures for each territory of each region: 20 groups, and 5 of orders without a territory.
  package static let grouped = levels(2...2)

  /// The report: all figures over all records and for three cumulative levels of groups, region,
  /// territory and order type.
  package static let report: PipelineShape = {
    var shape = levels(1...3)
    shape.aggregation.global = OrderAggregates.aggregates
    return shape
  }()

  /// All figures for the groups of the finest level only: 80, and 20 of orders without a territory.
  package static let finest = levels(3...3)

  /// All figures for the groups of these levels.
  package static func levels(_ levels: ClosedRange<Int>) -> PipelineShape {
    PipelineShape(
      aggregation: Aggregation(
        groupings: levels.map { level in
          Grouping(by: Array(OrderKey.fields.prefix(level)), computing: OrderAggregates.aggregates)
        }))
  }
}
