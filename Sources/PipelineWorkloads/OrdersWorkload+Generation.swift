import StreamingPipeline

/// The random draws of one order.
///
/// Each record uses three words of bits: one for the customer, one for the amount, and one whose 64
/// bits are divided among the small fields. A fourth, hashed from them, determines the nulls.
private struct OrderDraws {
  let customerBits: UInt64
  let amountBits: UInt64
  let smallBits: UInt64
  let segmentBits: UInt64

  @inline(__always)
  init(seed: UInt64, record: Int) {
    var hash = RecordHash(seed: seed, record: record)
    customerBits = hash.next()
    amountBits = hash.next()
    smallBits = hash.next()
    segmentBits = hash.next()
  }

  /// One of the four 16-bit lanes of 64 bits, scaled to 0..<`bound`.
  @inline(__always)
  func small(_ lane: UInt64, below bound: Int) -> Int {
    (Int((smallBits >> (lane * 16)) & 0xFFFF) &* bound) >> 16
  }

  /// Whether one of four independent chances of 1 % (655 ÷ 65,536) occurred.
  @inline(__always)
  func isNull(_ bits: UInt64) -> Bool { bits & 0xFFFF < 655 }
}

extension OrdersWorkload {
  /// The orders at these positions, counted from 0.
  func batch(of range: Range<Int>) -> Batch {
    var chunk = OrderChunk(count: range.count)
    chunk.fill(from: self, first: range.lowerBound)
    return Batch(
      schema: schema, columns: Batch.Columns(chunk.columns(dictionaries)), rowCount: range.count,
      selection: nil, position: range.lowerBound)
  }
}

/// The buffers of one chunk of orders.
private struct OrderChunk {
  var ids: [Int64]
  var customers: [UInt32]
  var segments: [UInt32]
  var regions: [UInt32]
  var territories: [UInt32]
  var orderTypes: [UInt32]
  var statuses: [UInt32]
  var amounts: [Int64]
  var quantities: [Int64]
  var discounts: [Int64]
  var taxes: [Int64]
  var dates: [Int32]
  var customerNulls: [UInt64]
  var territoryNulls: [UInt64]
  var amountNulls: [UInt64]
  var dateNulls: [UInt64]

  /// The day 2024-01-01 in days since 1970-01-01.
  private static let firstDay: Int32 = 19_723

  init(count: Int) {
    let words = (count + 63) / 64
    ids = [Int64](repeating: 0, count: count)
    (amounts, quantities, discounts, taxes) = (ids, ids, ids, ids)
    customers = [UInt32](repeating: 0, count: count)
    (segments, regions, territories) = (customers, customers, customers)
    (orderTypes, statuses) = (customers, customers)
    dates = [Int32](repeating: 0, count: count)
    customerNulls = [UInt64](repeating: 0, count: words)
    (territoryNulls, amountNulls, dateNulls) = (customerNulls, customerNulls, customerNulls)
  }

  mutating func fill(from workload: OrdersWorkload, first: Int) {
    for row in ids.indices {
      let draws = OrderDraws(seed: workload.seed, record: first + row)
      ids[row] = Int64(first + row + 1)
      fillNames(row, draws, workload)
      fillMoney(row, draws, workload)
      fillNulls(row, draws)
      quantities[row] = Int64(2 + draws.small(3, below: 20))
      dates[row] =
        Self.firstDay + Int32(scaled(UInt32(draws.segmentBits & 0xFFFF_FFFF), below: 365))
    }
  }

  @inline(__always)
  private mutating func fillNames(_ row: Int, _ draws: OrderDraws, _ workload: OrdersWorkload) {
    customers[row] = UInt32(workload.zipf.rank(draws.customerBits))
    segments[row] = UInt32(scaled(UInt32(draws.segmentBits >> 32), below: workload.groups))
    let territory = draws.small(0, below: 20)
    territories[row] = UInt32(territory)
    regions[row] = UInt32(territory / 4)
    orderTypes[row] = UInt32(draws.small(1, below: 16) / 4)
    let status = draws.small(2, below: 10)
    statuses[row] = status < 7 ? 0 : status < 9 ? 1 : 2
  }

  @inline(__always)
  private mutating func fillMoney(_ row: Int, _ draws: OrderDraws, _ workload: OrdersWorkload) {
    let amount = workload.amounts.amount(draws.amountBits)
    amounts[row] = amount
    discounts[row] = draws.small(1, below: 16) & 3 == 0 ? (amount + 5) / 10 : 0
    taxes[row] = (amount * 825 + 5_000) / 10_000
  }

  /// Nulls come from a hash of the draws, so that they depend on none of the values.
  @inline(__always)
  private mutating func fillNulls(_ row: Int, _ draws: OrderDraws) {
    var hash = RecordHash(seed: draws.smallBits, record: 1)
    let bits = hash.next()
    let (word, bit) = (row >> 6, UInt64(row & 63))
    customerNulls[word] |= (draws.isNull(bits) ? 1 : 0) << bit
    territoryNulls[word] |= (draws.isNull(bits >> 16) ? 1 : 0) << bit
    amountNulls[word] |= (draws.isNull(bits >> 32) ? 1 : 0) << bit
    dateNulls[word] |= (draws.isNull(bits >> 48) ? 1 : 0) << bit
  }

  func columns(_ dictionaries: OrderDictionaries) -> [Column] {
    let money = FieldType.decimal(scale: 2)
    let amountValidity = validity(amountNulls)
    return [
      Column(.int64, .int64(ids)),
      Column(
        .string, .dictionary(customers, dictionaries.customers),
        validity: validity(customerNulls)),
      Column(.string, .dictionary(segments, dictionaries.segments)),
      Column(.string, .dictionary(regions, dictionaries.regions)),
      Column(
        .string, .dictionary(territories, dictionaries.territories),
        validity: validity(territoryNulls)),
      Column(.string, .dictionary(orderTypes, dictionaries.orderTypes)),
      Column(.string, .dictionary(statuses, dictionaries.statuses)),
      Column(money, .int64(amounts), validity: amountValidity),
      Column(.int64, .int64(quantities)),
      Column(money, .int64(discounts), validity: amountValidity),
      Column(money, .int64(taxes), validity: amountValidity),
      Column(.date, .int32(dates), validity: validity(dateNulls)),
    ]
  }

  private func validity(_ nulls: [UInt64]) -> Validity? {
    nulls.allSatisfy { $0 == 0 } ? nil : Validity(words: nulls.map { ~$0 })
  }
}
