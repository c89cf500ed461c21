/// Collects the values of one field, one after another, into a column.
public struct ColumnBuilder {
  private let field: Field
  private var integers: [Int64] = []
  private var doubles: [Double] = []
  private var bools: [Bool] = []
  private var days: [Int32] = []
  private var bytes: [UInt8] = []
  private var offsets: [UInt32] = [0]
  /// The rows that are null, ascending. Most columns have few, so the bitmap is made at the end.
  private var nullRows: [UInt32] = []

  /// Makes an empty builder for a field, with room for this many rows.
  public init(_ field: Field, capacity: Int = 0) {
    self.field = field
    switch field.type {
    case .int64, .decimal, .timestamp: integers.reserveCapacity(capacity)
    case .double: doubles.reserveCapacity(capacity)
    case .bool: bools.reserveCapacity(capacity)
    case .date: days.reserveCapacity(capacity)
    case .string: offsets.reserveCapacity(capacity + 1)
    }
  }

  /// Adds a value.
  ///
  /// - Throws: `PipelineError.wrongValue` when it is not of the field's type, or a decimal has more
  ///   digits than the field holds.
  public mutating func append(_ value: Value) throws(PipelineError) {
    switch (value, field.type) {
    case (.null, _): appendNull()
    case (.int64(let number), .int64), (.timestamp(let number), .timestamp): append(number)
    case (.double(let number), .double): append(number)
    case (.bool(let truth), .bool): append(truth)
    case (.date(let day), .date): append(days: day)
    case (.string(let text), .string): append(text)
    case (.decimal(let number), .decimal(let scale)):
      guard let mantissa = number.mantissa(atScale: scale) else {
        throw .wrongValue(field: field.name, type: field.type, value: value.description)
      }
      append(mantissa)
    default: throw .wrongValue(field: field.name, type: field.type, value: value.description)
    }
  }

  /// Adds a whole number, a decimal's mantissa or a timestamp's microseconds.
  public mutating func append(_ value: Int64) {
    integers.append(value)
  }

  /// Adds a floating-point number.
  public mutating func append(_ value: Double) {
    doubles.append(value)
  }

  /// Adds a truth value.
  public mutating func append(_ value: Bool) {
    bools.append(value)
  }

  /// Adds a calendar day.
  public mutating func append(days value: Int32) {
    days.append(value)
  }

  /// Adds text.
  public mutating func append(_ value: String) {
    bytes.append(contentsOf: value.utf8)
    endString()
  }

  /// Adds text that is already bytes of UTF-8.
  public mutating func append(utf8 value: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: value)
    endString()
  }

  /// Adds a null.
  public mutating func appendNull() {
    nullRows.append(UInt32(count))
    switch field.type {
    case .int64, .decimal, .timestamp: integers.append(0)
    case .double: doubles.append(0)
    case .bool: bools.append(false)
    case .date: days.append(0)
    case .string: endString()
    }
  }

  /// Returns the column of all values added.
  public consuming func finish() -> Column {
    let validity = validity
    let storage: Column.Storage =
      switch field.type {
      case .int64, .decimal, .timestamp: .int64(integers)
      case .double: .double(doubles)
      case .bool: .bool(bools)
      case .date: .int32(days)
      case .string: .strings(PackedStrings(bytes: bytes, offsets: offsets))
      }
    return Column(field.type, storage, validity: validity)
  }

  private var count: Int {
    switch field.type {
    case .int64, .decimal, .timestamp: integers.count
    case .double: doubles.count
    case .bool: bools.count
    case .date: days.count
    case .string: offsets.count - 1
    }
  }

  private var validity: Validity? {
    if nullRows.isEmpty { return nil }
    var words = [UInt64](repeating: .max, count: (count + 63) / 64)
    for row in nullRows { words[Int(row) >> 6] &= ~(1 << UInt64(row & 63)) }
    return Validity(words: words)
  }

  private mutating func endString() {
    offsets.append(UInt32(bytes.count))
  }
}

// MARK: Many values at a time, for which room is made only once
extension ColumnBuilder {
  /// Adds `count` whole numbers, mantissas or microseconds; null where `value` returns nil.
  @inline(__always)
  mutating func append(_ count: Int, integers value: (_ index: Int) throws -> Int64?) rethrows {
    let first = integers.count
    integers += [Int64](repeating: 0, count: count)
    var nulls: [UInt32] = []
    try integers.withUnsafeMutableBufferPointer { integers in
      for index in 0..<count {
        if let value = try value(index) {
          integers[first + index] = value
        } else {
          nulls.append(UInt32(first + index))
        }
      }
    }
    nullRows += nulls
  }

  /// Adds `count` pieces of a text, which must be UTF-8; null where `piece` returns nil.
  @inline(__always)
  mutating func append(
    _ count: Int, piecesOf text: UnsafeBufferPointer<UInt8>,
    _ piece: (_ index: Int) -> Range<Int>?
  ) {
    let (firstRow, firstByte) = (self.count, bytes.count)
    var length = 0
    for index in 0..<count { length += piece(index)?.count ?? 0 }
    bytes += [UInt8](repeating: 0, count: length + shortPiece)
    offsets += [UInt32](repeating: 0, count: count)
    var nulls: [UInt32] = []
    bytes.withUnsafeMutableBytes { bytes in
      offsets.withUnsafeMutableBufferPointer { offsets in
        var end = firstByte
        for index in 0..<count {
          if let piece = piece(index) {
            copy(piece, of: UnsafeRawBufferPointer(text), to: bytes, at: end)
            end += piece.count
          } else {
            nulls.append(UInt32(firstRow + index))
          }
          offsets[firstRow + 1 + index] = UInt32(end)
        }
      }
    }
    bytes.removeLast(shortPiece)
    nullRows += nulls
  }
}

/// Pieces of up to this many bytes are copied as two words, whatever their length. That takes a
/// third of the time of a call to `memcpy`.
private let shortPiece = 16

/// Copies a piece to an address with room for it and for one more short piece.
@inline(__always)
private func copy(
  _ piece: Range<Int>, of text: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer,
  at offset: Int
) {
  if piece.count <= shortPiece, piece.lowerBound + shortPiece <= text.count {
    let low = text.loadUnaligned(fromByteOffset: piece.lowerBound, as: UInt64.self)
    let high = text.loadUnaligned(fromByteOffset: piece.lowerBound + 8, as: UInt64.self)
    target.storeBytes(of: low, toByteOffset: offset, as: UInt64.self)
    target.storeBytes(of: high, toByteOffset: offset + 8, as: UInt64.self)
  } else {
    UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + piece.count])
      .copyBytes(from: text[piece])
  }
}
