package import StreamingPipeline
import TextCoding

/// Generated orders: skewed, with nulls, the same for the same seed on every machine.
///
/// Fields: id 1…N; customer (Zipf over 10,000); segment (uniform over `groups` names); region
/// (5); territory (4 in each region); order_type (4, uniform); status (open 70 %, shipped 20 %,
/// returned 10 %); amount (log-normal, median 100.00); quantity 2 to 21; discount (10 % of the
/// amount on 25 % of the orders, else 0.00); tax (8.25 % of the amount, half a cent rounds up);
/// order_date (uniform over the 365 days from 2024-01-01). 1 % of customers, of territories, of
/// order dates and of amounts (then also discount and tax) are null.
package struct OrdersWorkload: Source {
  /// The number of customers.
  package static let customerCount = 10_000
  /// The regions, in the order of their codes.
  package static let regions = ["north", "south", "east", "west", "central"]
  /// The order types, in the order of their codes.
  package static let orderTypes = ["online", "store", "phone", "partner"]
  /// The states of an order, in the order of their codes.
  package static let statuses = ["open", "shipped", "returned"]
  /// The permitted number of groups of the segment field.
  package static let permittedGroups = 1...1_000_000

  /// The fields of the records.
  package let schema: Schema
  let count: Int
  let seed: UInt64
  let groups: Int
  let zipf: ZipfTable
  let amounts: LogNormalTable
  let dictionaries: OrderDictionaries

  /// Makes a source of `count` orders; `groups` is the number of segments, the cardinality to group
  /// by.
  ///
  /// - Throws: `PipelineError.invalidOption` for a negative count or groups outside
  ///   `permittedGroups`.
  package init(count: Int, seed: UInt64 = 1, groups: Int = 100) throws(PipelineError) {
    try PipelineError.require("count", count, in: 0...Int(Int32.max))
    try PipelineError.require("groups", groups, in: Self.permittedGroups)
    self.count = count
    self.seed = seed
    self.groups = groups
    zipf = ZipfTable(count: Self.customerCount)
    amounts = LogNormalTable()
    dictionaries = OrderDictionaries(groups: groups)
    let money = FieldType.decimal(scale: 2)
    schema = try Schema(
      [
        Field("id", .int64), Field("customer", .string), Field("segment", .string),
        Field("region", .string), Field("territory", .string), Field("order_type", .string),
        Field("status", .string), Field("amount", money), Field("quantity", .int64),
        Field("discount", money), Field("tax", money), Field("order_date", .date),
      ], key: "id")
  }

  /// The number of records.
  package var totalCount: Int? { count }

  /// Starts reading after the records that lie before `position`.
  package func open(after position: SourcePosition) -> any SourceCursor {
    GeneratingCursor(count: count, after: position) { batch(of: $0) }
  }
}

/// The dictionaries of the orders' string fields, made once for each source.
struct OrderDictionaries: Sendable {
  let customers: StringDictionary
  let segments: StringDictionary
  let regions = StringDictionary(OrdersWorkload.regions)
  let territories: StringDictionary
  let orderTypes = StringDictionary(OrdersWorkload.orderTypes)
  let statuses = StringDictionary(OrdersWorkload.statuses)

  init(groups: Int) {
    customers = StringDictionary(
      (1...OrdersWorkload.customerCount).map { "C" + ASCIIDigits.padded($0, 5) })
    segments = StringDictionary((1...groups).map { "S" + ASCIIDigits.padded($0, 7) })
    territories = StringDictionary(
      OrdersWorkload.regions.flatMap { region in (1...4).map { "\(region)-\($0)" } })
  }
}
