/// A predicate whose fields have been resolved and whose values have the fields' stored types.
indirect enum PreparedPredicate: Sendable {
  case int64(Int, Predicate.Comparison, Int64)
  case double(Int, Predicate.Comparison, Double)
  case int32(Int, Predicate.Comparison, Int32)
  case bool(Int, Predicate.Comparison, Bool)
  case text(Int, TextComparison)
  case isNull(Int)
  case and(PreparedPredicate, PreparedPredicate)
  case or(PreparedPredicate, PreparedPredicate)
  case not(PreparedPredicate)

  /// - Throws: `PipelineError.unknownField`, and `.wrongValue` for a value that is not of its
  ///   field's type.
  init(_ node: Predicate.Node, schema: Schema) throws(PipelineError) {
    switch node {
    case .and(let left, let right):
      self = .and(try Self(left, schema: schema), try Self(right, schema: schema))
    case .or(let left, let right):
      self = .or(try Self(left, schema: schema), try Self(right, schema: schema))
    case .not(let inner): self = .not(try Self(inner, schema: schema))
    case .isNull(let name):
      self = .isNull(try schema.requirePosition(of: name, usedBy: "filter"))
    case .compare(let name, let comparison, let value):
      self = try Self.comparison(name, comparison, value, schema)
    }
  }

  private static func comparison(
    _ name: String, _ comparison: Predicate.Comparison, _ value: Value, _ schema: Schema
  ) throws(PipelineError) -> PreparedPredicate {
    let index = try schema.requirePosition(of: name, usedBy: "filter")
    let type = schema.fields[index].type
    switch (value, type) {
    case (.int64(let number), .int64), (.timestamp(let number), .timestamp):
      return .int64(index, comparison, number)
    case (.double(let number), .double): return .double(index, comparison, number)
    case (.bool(let truth), .bool): return .bool(index, comparison, truth)
    case (.date(let day), .date): return .int32(index, comparison, day)
    case (.string(let text), .string): return .text(index, TextComparison(comparison, text))
    case (.decimal(let number), .decimal(let scale)):
      if let mantissa = number.mantissa(atScale: scale) {
        return .int64(index, comparison, mantissa)
      }
    case (.int64(let number), .decimal(let scale)):
      let number = FixedDecimal(mantissa: Int128(number), scale: 0)
      if let mantissa = number.mantissa(atScale: scale) {
        return .int64(index, comparison, mantissa)
      }
    default: break
    }
    throw .wrongValue(field: name, type: type, value: value.description)
  }
}

extension PreparedPredicate {
  /// Writes the answer for every lane of the batch into `mask`.
  func evaluate(_ batch: Batch, _ lanes: Lanes, into mask: UnsafeMutablePointer<UInt8>) {
    switch self {
    case .int64(let index, let comparison, let value):
      compare(batch.columns[index], comparison, value, lanes, mask)
    case .double(let index, let comparison, let value):
      compare(batch.columns[index], comparison, value, lanes, mask)
    case .int32(let index, let comparison, let value):
      compare(batch.columns[index], comparison, value, lanes, mask)
    case .bool(let index, let comparison, let value):
      compareBools(batch.columns[index], comparison, value, lanes, mask)
    case .text(let index, let comparison):
      compareTexts(batch.columns[index], comparison, lanes, mask)
    case .isNull(let index):
      for lane in 0..<lanes.count { mask[lane] = Mask.no }
      lanes.forEachNull(batch.columns[index]) { mask[$0] = Mask.yes }
    case .not(let inner):
      inner.evaluate(batch, lanes, into: mask)
      for lane in 0..<lanes.count { mask[lane] = 2 &- mask[lane] }
    case .and(let left, let right): combine(left, right, batch, lanes, mask) { min($0, $1) }
    case .or(let left, let right): combine(left, right, batch, lanes, mask) { max($0, $1) }
    }
  }

  @inline(__always)
  private func combine(
    _ left: PreparedPredicate, _ right: PreparedPredicate, _ batch: Batch, _ lanes: Lanes,
    _ mask: UnsafeMutablePointer<UInt8>, _ join: (UInt8, UInt8) -> UInt8
  ) {
    left.evaluate(batch, lanes, into: mask)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, lanes.count)) { other in
      guard let other = other.baseAddress else { return }
      right.evaluate(batch, lanes, into: other)
      for lane in 0..<lanes.count { mask[lane] = join(mask[lane], other[lane]) }
    }
  }
}

@inline(__always)
private func compare<Element: ColumnElement & Comparable>(
  _ column: Column, _ comparison: Predicate.Comparison, _ value: Element, _ lanes: Lanes,
  _ mask: UnsafeMutablePointer<UInt8>
) {
  _ = Element.withValues(of: column) { values in
    switch comparison {
    case .equal: fill(column, lanes, mask) { values[$0] == value }
    case .notEqual: fill(column, lanes, mask) { values[$0] != value }
    case .less: fill(column, lanes, mask) { values[$0] < value }
    case .lessOrEqual: fill(column, lanes, mask) { values[$0] <= value }
    case .greater: fill(column, lanes, mask) { values[$0] > value }
    case .greaterOrEqual: fill(column, lanes, mask) { values[$0] >= value }
    }
  }
}

private func compareBools(
  _ column: Column, _ comparison: Predicate.Comparison, _ value: Bool, _ lanes: Lanes,
  _ mask: UnsafeMutablePointer<UInt8>
) {
  let answers = [false, true].map { comparison.holds($0 ? 1 : 0, value ? 1 : 0) }
  _ = Bool.withValues(of: column) { values in
    fill(column, lanes, mask) { values[$0] ? answers[1] : answers[0] }
  }
}

private func compareTexts(
  _ column: Column, _ comparison: TextComparison, _ lanes: Lanes,
  _ mask: UnsafeMutablePointer<UInt8>
) {
  switch column.storage {
  case .dictionary(let codes, let dictionary):
    guard !dictionary.values.isEmpty else { return markUnknown(lanes, mask) }
    comparison.answers(for: dictionary).withUnsafeBufferPointer { answers in
      withWindow(codes, column) { codes in
        lanes.forEach { lane, row in mask[lane] = answers[Int(codes[row])] }
      }
    }
    lanes.forEachNull(column) { mask[$0] = Mask.unknown }
  case .strings(let strings):
    strings.bytes.withUnsafeBufferPointer { bytes in
      fill(column, lanes, mask) { comparison.holds(strings.text(column.offset + $0, in: bytes)) }
    }
  default: break
  }
}

@inline(__always)
private func fill(
  _ column: Column, _ lanes: Lanes, _ mask: UnsafeMutablePointer<UInt8>,
  _ holds: (_ row: Int) -> Bool
) {
  // Rows that are null hold a placeholder, so all rows can be compared without a branch.
  lanes.forEach { lane, row in mask[lane] = holds(row) ? Mask.yes : Mask.no }
  lanes.forEachNull(column) { mask[$0] = Mask.unknown }
}

/// Answers unknown for every lane: a dictionary without entries has only nulls.
private func markUnknown(_ lanes: Lanes, _ mask: UnsafeMutablePointer<UInt8>) {
  for lane in 0..<lanes.count { mask[lane] = Mask.unknown }
}

extension Predicate.Comparison {
  fileprivate func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
