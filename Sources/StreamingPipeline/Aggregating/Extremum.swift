/// The least or the greatest of whole numbers, mantissas, microseconds, days and truth values.
final class IntegerExtremum: Accumulator {
  private(set) var best: [Int64] = []
  private let isMinimum: Bool

  init(column: Int, isMinimum: Bool) {
    self.isMinimum = isMinimum
    super.init(column: column)
  }

  override func grow(to bins: Int) {
    let worst = isMinimum ? Int64.max : Int64.min
    best.append(contentsOf: repeatElement(worst, count: bins - best.count))
  }

  override func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {
    best.withUnsafeMutableBufferPointer { best in
      guard let best = best.baseAddress else { return }
      if isMinimum {
        forEachInteger(column, lanes) { lane, value in
          best[Int(bins[lane])] = min(best[Int(bins[lane])], value)
        }
      } else {
        forEachInteger(column, lanes) { lane, value in
          best[Int(bins[lane])] = max(best[Int(bins[lane])], value)
        }
      }
    }
  }

  override func addAll(_ column: Column, _ lanes: Lanes) {
    var found = best[1]
    if isMinimum {
      forEachInteger(column, lanes) { _, value in found = min(found, value) }
    } else {
      forEachInteger(column, lanes) { _, value in found = max(found, value) }
    }
    best[1] = found
  }

  @inline(__always)
  private func forEachInteger(
    _ column: Column, _ lanes: Lanes, _ body: (_ lane: Int, _ value: Int64) -> Void
  ) {
    switch column.storage {
    case .int64(let values):
      withWindow(values, column) { values in
        lanes.forEach(column, valid: { lane, row in body(lane, values[row]) }, null: { _ in })
      }
    case .int32(let values):
      withWindow(values, column) { values in
        lanes.forEach(
          column, valid: { lane, row in body(lane, Int64(values[row])) }, null: { _ in })
      }
    case .bool(let values):
      withWindow(values, column) { values in
        lanes.forEach(
          column, valid: { lane, row in body(lane, values[row] ? 1 : 0) }, null: { _ in })
      }
    case .double, .dictionary, .strings: break
    }
  }
}

/// The least or the greatest double. It begins as NaN, and any number beats NaN.
final class DoubleExtremum: Accumulator {
  private(set) var best: [Double] = []
  private let isMinimum: Bool

  init(column: Int, isMinimum: Bool) {
    self.isMinimum = isMinimum
    super.init(column: column)
  }

  override func grow(to bins: Int) {
    best.append(contentsOf: repeatElement(.nan, count: bins - best.count))
  }

  override func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {
    let isMinimum = isMinimum
    best.withUnsafeMutableBufferPointer { best in
      _ = Double.withValues(of: column) { values in
        lanes.forEach(
          column,
          valid: { lane, row in
            let bin = Int(bins[lane])
            best[bin] = better(values[row], best[bin], isMinimum)
          }, null: { _ in })
      }
    }
  }

  override func addAll(_ column: Column, _ lanes: Lanes) {
    var found = best[1]
    let isMinimum = isMinimum
    _ = Double.withValues(of: column) { values in
      lanes.forEach(
        column, valid: { _, row in found = better(values[row], found, isMinimum) },
        null: { _ in })
    }
    best[1] = found
  }
}

@inline(__always)
private func better(_ value: Double, _ best: Double, _ isMinimum: Bool) -> Double {
  let wins = isMinimum ? value < best : value > best
  return wins || best.isNaN ? value : best
}

/// The least or the greatest text, by its bytes.
final class StringExtremum: Accumulator {
  private(set) var best: [[UInt8]?] = []
  private let isMinimum: Bool

  init(column: Int, isMinimum: Bool) {
    self.isMinimum = isMinimum
    super.init(column: column)
  }

  override func grow(to bins: Int) {
    best.append(contentsOf: repeatElement(nil, count: bins - best.count))
  }

  override func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {
    forEachText(column, lanes) { lane, text in consider(text, for: Int(bins[lane])) }
  }

  override func addAll(_ column: Column, _ lanes: Lanes) {
    forEachText(column, lanes) { _, text in consider(text, for: 1) }
  }

  private func consider(_ text: UnsafeBufferPointer<UInt8>, for bin: Int) {
    let wins = best[bin].map { best in
      isMinimum
        ? text.lexicographicallyPrecedes(best) : best.lexicographicallyPrecedes(text)
    }
    if wins ?? true { best[bin] = Array(text) }
  }

  private func forEachText(
    _ column: Column, _ lanes: Lanes,
    _ body: (_ lane: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    switch column.storage {
    case .dictionary(let codes, let dictionary):
      lanes.forEach(
        column,
        valid: { lane, row in
          var text = dictionary.values[Int(codes[column.offset + row])]
          text.withUTF8 { body(lane, $0) }
        }, null: { _ in })
    case .strings(let strings):
      strings.bytes.withUnsafeBufferPointer { bytes in
        lanes.forEach(
          column, valid: { lane, row in body(lane, strings.text(column.offset + row, in: bytes)) },
          null: { _ in })
      }
    default: break
    }
  }
}

extension PackedStrings {
  /// The bytes of a row, in place.
  @inline(__always)
  func text(
    _ row: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[row + 1])])
  }
}
