import StreamingPipeline

/// The values of an expression for the rows of a batch, one lane for each; or a single lane for all
/// rows.
struct Vector: Sendable {
  /// One buffer with the layout of a column, or an array of texts.
  enum Lanes: Sendable {
    case int64([Int64])
    case double([Double])
    case bool([Bool])
    case int32([Int32])
    case text([String])
  }

  let type: FieldType
  let lanes: Lanes
  /// The lanes that are null, which hold a placeholder; nil when none is null.
  var nulls: [Bool]?
  /// The lanes that could not be computed; nil when all could.
  var faults: Faults?
  /// Whether there is a single lane for all rows.
  let isConstant: Bool

  init(
    _ type: FieldType, _ lanes: Lanes, nulls: [Bool]? = nil, faults: Faults? = nil,
    isConstant: Bool = false
  ) {
    self.type = type
    self.lanes = lanes
    self.nulls = nulls
    self.faults = faults
    self.isConstant = isConstant
  }

  /// Makes a vector with one value for all rows.
  init(_ value: Value, as type: FieldType) {
    let lanes: Lanes =
      switch (type, value) {
      case (.int64, .int64(let number)), (.timestamp, .timestamp(let number)): .int64([number])
      // Only a total, which a format's condition compares, can be beyond the range of a lane.
      // Clamped to the end of the range it still compares correctly.
      case (.decimal(let scale), .decimal(let number)):
        .int64([number.mantissa(atScale: scale) ?? (number.mantissa < 0 ? .min : .max)])
      case (.double, .double(let number)): .double([number])
      case (.bool, .bool(let truth)): .bool([truth])
      case (.date, .date(let day)): .int32([day])
      case (.string, .string(let text)): .text([text])
      case (.double, _): .double([0])
      case (.bool, _): .bool([false])
      case (.date, _): .int32([0])
      case (.string, _): .text([""])
      default: .int64([0])
      }
    self.init(type, lanes, nulls: value.isNull ? [true] : nil, isConstant: true)
  }

  /// Makes a vector of the values of a column.
  init(_ column: Column) {
    let range = column.offset..<column.offset + column.count
    let lanes: Lanes =
      switch column.storage {
      case .int64(let values): .int64(values.part(range))
      case .double(let values): .double(values.part(range))
      case .bool(let values): .bool(values.part(range))
      case .int32(let values): .int32(values.part(range))
      case .dictionary(let codes, let dictionary):
        .text(codes[range].map { dictionary.values[Int($0)] })
      case .strings(let strings): .text(range.map { strings[$0] })
      }
    let nulls = column.validity.map { _ in (0..<column.count).map { column.isNull($0) } }
    self.init(column.type, lanes, nulls: nulls)
  }

  /// Whether the value for a row is null.
  func isNull(_ row: Int) -> Bool { nulls.map { $0[isConstant ? 0 : row] } ?? false }

  /// The value for a row.
  func value(_ row: Int) throws(EvaluationError) -> Value {
    let lane = isConstant ? 0 : row
    if let fault = faults?[lane] { throw fault }
    if let nulls, nulls[lane] { return .null }
    return plainValue(lane)
  }

  private func plainValue(_ lane: Int) -> Value {
    switch lanes {
    case .int64(let values):
      switch type {
      case .decimal(let scale):
        .decimal(FixedDecimal(mantissa: Int128(values[lane]), scale: scale))
      case .timestamp: .timestamp(values[lane])
      default: .int64(values[lane])
      }
    case .double(let values): .double(values[lane])
    case .bool(let values): .bool(values[lane])
    case .int32(let values): .date(values[lane])
    case .text(let values): .string(values[lane])
    }
  }

  /// A column of this many rows. Lanes that could not be computed must not be used.
  func column(rows: Int) -> Column {
    let validity = nulls.flatMap { nulls in
      Validity.of(count: rows) { !nulls[isConstant ? 0 : $0] }
    }
    let storage: Column.Storage =
      switch lanes {
      case .int64(let values): .int64(spread(values, rows))
      case .double(let values): .double(spread(values, rows))
      case .bool(let values): .bool(spread(values, rows))
      case .int32(let values): .int32(spread(values, rows))
      case .text(let values): .strings(PackedStrings(spread(values, rows)))
      }
    return Column(type, storage, validity: validity)
  }

  private func spread<Element>(_ values: [Element], _ rows: Int) -> [Element] {
    isConstant ? [Element](repeating: values[0], count: rows) : values
  }
}

extension Array {
  /// A part of the array; the whole is shared and not copied.
  fileprivate func part(_ range: Range<Int>) -> [Element] {
    range == indices ? self : Array(self[range])
  }
}

extension PackedStrings {
  init(_ texts: [String]) {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      offsets.append(UInt32(bytes.count))
    }
    self.init(bytes: bytes, offsets: offsets)
  }
}
