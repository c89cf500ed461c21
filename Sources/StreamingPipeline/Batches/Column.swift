/// One field of a batch: a window on a contiguous buffer, with a bitmap of nulls if there are any.
///
/// Windows share their buffer, so cutting a batch copies nothing.
public struct Column: Sendable {
  /// The buffer. Decimals are stored as mantissas, dates as days, timestamps as microseconds.
  public enum Storage: Sendable {
    /// Whole numbers, decimal mantissas or microseconds, depending on `Column.type`.
    case int64([Int64])
    /// Floating-point numbers.
    case double([Double])
    /// Truth values.
    case bool([Bool])
    /// Days since 1970-01-01.
    case int32([Int32])
    /// Codes into a dictionary of strings. Rows that are null may hold any code of the dictionary.
    case dictionary([UInt32], StringDictionary)
    /// Strings in one buffer of bytes.
    case strings(PackedStrings)
  }

  /// The type of the values.
  public let type: FieldType
  /// The whole shared buffer, of which `offset` and `count` give this column's part.
  public let storage: Storage
  /// The nulls of the whole buffer; nil when there are none.
  public let validity: Validity?
  /// The buffer's row at which this column begins.
  public let offset: Int
  /// The bitmap's row at which this column begins: a computed column shares its input's bitmap.
  public let validityOffset: Int
  /// The number of rows of this column.
  public let count: Int

  /// A column over a whole buffer.
  ///
  /// The buffer must be of the kind that `type` is stored in; a bitmap must cover it.
  public init(_ type: FieldType, _ storage: Storage, validity: Validity? = nil) {
    precondition(storage.holds(type), "a \(type) column cannot be stored this way")
    let count = storage.count
    precondition(validity.map { $0.words.count * 64 >= count } ?? true, "bitmap too short")
    self.init(type: type, storage: storage, validity: (validity, 0), offset: 0, count: count)
  }

  /// Makes a column over a whole buffer that is null where another column of its length is null.
  @usableFromInline
  init(_ type: FieldType, _ storage: Storage, nullWhere other: Column) {
    precondition(storage.holds(type), "a \(type) column cannot be stored this way")
    precondition(storage.count == other.count, "columns of different lengths")
    self.init(
      type: type, storage: storage, validity: (other.validity, other.validityOffset), offset: 0,
      count: other.count)
  }

  private init(
    type: FieldType, storage: Storage, validity: (bits: Validity?, offset: Int), offset: Int,
    count: Int
  ) {
    self.type = type
    self.storage = storage
    self.validity = validity.bits
    validityOffset = validity.offset
    self.offset = offset
    self.count = count
  }

  /// The rows `range` of this column. The result shares its buffer.
  public func window(_ range: Range<Int>) -> Column {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "window beyond the column")
    return Column(
      type: type, storage: storage, validity: (validity, validityOffset + range.lowerBound),
      offset: offset + range.lowerBound, count: range.count)
  }

  /// Whether a row is null.
  @inlinable public func isNull(_ row: Int) -> Bool {
    validity.map { !$0.isValid(validityOffset + row) } ?? false
  }

  /// The value of a row.
  public subscript(row: Int) -> Value {
    precondition(row >= 0 && row < count, "row beyond the column")
    if isNull(row) { return .null }
    let index = offset + row
    switch storage {
    case .int64(let values): return integer(values[index])
    case .double(let values): return .double(values[index])
    case .bool(let values): return .bool(values[index])
    case .int32(let values): return .date(values[index])
    case .dictionary(let codes, let dictionary):
      return .string(dictionary.values[Int(codes[index])])
    case .strings(let strings): return .string(strings[index])
    }
  }

  /// The bytes of some rows, without the dictionary, which is shared.
  func byteCount(of rows: Range<Int>) -> Int {
    let bitmap = validity == nil ? 0 : (rows.count + 7) / 8
    switch storage {
    case .int64, .double: return bitmap + rows.count * 8
    case .int32, .dictionary: return bitmap + rows.count * 4
    case .bool: return bitmap + rows.count
    case .strings(let strings):
      let first = strings.offsets[offset + rows.lowerBound]
      let text = strings.offsets[offset + rows.upperBound] - first
      return bitmap + rows.count * 4 + Int(text)
    }
  }

  private func integer(_ value: Int64) -> Value {
    switch type {
    case .decimal(let scale): .decimal(FixedDecimal(mantissa: Int128(value), scale: scale))
    case .timestamp: .timestamp(value)
    default: .int64(value)
    }
  }
}

extension Column.Storage {
  /// The number of rows in the buffer.
  var count: Int {
    switch self {
    case .int64(let values): values.count
    case .double(let values): values.count
    case .bool(let values): values.count
    case .int32(let values): values.count
    case .dictionary(let codes, _): codes.count
    case .strings(let strings): strings.count
    }
  }

  /// Whether values of this type are stored this way.
  func holds(_ type: FieldType) -> Bool {
    switch (self, type) {
    case (.int64, .int64), (.int64, .decimal), (.int64, .timestamp), (.double, .double),
      (.bool, .bool), (.int32, .date), (.dictionary, .string), (.strings, .string):
      true
    default: false
    }
  }
}
