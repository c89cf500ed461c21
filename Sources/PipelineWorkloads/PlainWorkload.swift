package import StreamingPipeline

/// Generated records with values that follow from the id: id 1…N, name "Record {id}", value id ×
/// 10,
/// amount id × 1.5, category even or odd, timestamp 2024-01-01T00:00:00Z + id seconds.
package struct PlainWorkload: Source {
  /// The categories of odd and even ids.
  package static let categories = ["even", "odd"]
  /// The time 2024-01-01T00:00:00Z.
  package static let baseMicroseconds: Int64 = 1_704_067_200_000_000

  /// The fields of the records.
  package let schema: Schema
  private let count: Int
  private let dictionary = StringDictionary(Self.categories)

  /// Makes a source of `count` records.
  ///
  /// - Throws: `PipelineError.invalidOption` for a negative count.
  package init(count: Int) throws(PipelineError) {
    try PipelineError.require("count", count, in: 0...Int(Int32.max))
    self.count = count
    schema = try Schema(
      [
        Field("id", .int64), Field("name", .string), Field("value", .int64),
        Field("amount", .decimal(scale: 1)), Field("category", .string),
        Field("timestamp", .timestamp),
      ], key: "id")
  }

  /// The number of records.
  package var totalCount: Int? { count }

  /// Starts reading after the records that lie before `position`.
  package func open(after position: SourcePosition) -> any SourceCursor {
    GeneratingCursor(count: count, after: position) { batch(of: $0) }
  }

  /// The records at these positions, counted from 0.
  private func batch(of range: Range<Int>) -> Batch {
    let columns = [
      Column(.int64, .int64(integers(range) { $0 })),
      Column(.string, .strings(names(range))),
      Column(.int64, .int64(integers(range) { $0 &* 10 })),
      Column(.decimal(scale: 1), .int64(integers(range) { $0 &* 15 })),
      Column(.string, .dictionary(range.map { UInt32(($0 + 1) & 1) }, dictionary)),
      Column(.timestamp, .int64(integers(range) { Self.baseMicroseconds &+ $0 &* 1_000_000 })),
    ]
    return Batch(
      schema: schema, columns: Batch.Columns(columns), rowCount: range.count, selection: nil,
      position: range.lowerBound)
  }

  @inline(__always)
  private func integers(_ range: Range<Int>, _ value: (Int64) -> Int64) -> [Int64] {
    range.map { value(Int64($0 + 1)) }
  }

  private func names(_ range: Range<Int>) -> PackedStrings {
    var offsets: [UInt32] = []
    offsets.reserveCapacity(range.count + 1)
    // A name is "Record " and at most ten digits of a 32-bit number.
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count * 17) { output, count in
      var end = 0
      offsets.append(0)
      for record in range {
        end = writeName(record + 1, at: end, into: output)
        offsets.append(UInt32(truncatingIfNeeded: end))
      }
      count = end
    }
    return PackedStrings(bytes: bytes, offsets: offsets)
  }
}

/// Writes `Record {number}` at `start` and returns the index after it.
@inline(__always)
private func writeName(
  _ number: Int, at start: Int, into output: UnsafeMutableBufferPointer<UInt8>
) -> Int {
  /// The ASCII bytes of "Record ", with the first letter in the lowest byte.
  let prefix: UInt64 = 0x20_6472_6F63_6552
  var digits = 1
  var bound = 10
  while bound <= number {
    digits &+= 1
    bound &*= 10
  }
  UnsafeMutableRawBufferPointer(output).storeBytes(
    of: prefix.littleEndian, toByteOffset: start, as: UInt64.self)
  var rest = UInt32(truncatingIfNeeded: number)
  for index in stride(from: start &+ 6 &+ digits, through: start &+ 7, by: -1) {
    output[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
    rest /= 10
  }
  return start &+ 7 &+ digits
}

/// Returns generated ranges of records in order.
final class GeneratingCursor: SourceCursor {
  private let count: Int
  private let generate: (Range<Int>) -> Batch
  private var next: Int

  init(count: Int, after position: SourcePosition, generate: @escaping (Range<Int>) -> Batch) {
    self.count = count
    self.generate = generate
    next = min(position.records, count)
  }

  func next(atMost demand: Int) -> Batch? {
    let range = next..<min(count, next + demand)
    guard !range.isEmpty else { return nil }
    next = range.upperBound
    return generate(range)
  }
}
