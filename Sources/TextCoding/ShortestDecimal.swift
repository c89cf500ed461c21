/// Numbers as JSON writes them: the shortest decimal that reads back as the same number.
///
/// Whole numbers stand without a fraction, but for negative zero, which keeps its sign. Beyond 2^53
/// not every whole number has a Double, so the shortest form is kept there, `1e+18`.
package enum ShortestDecimal {
  /// `value` must be finite; JSON has no other numbers.
  package static func text(_ value: Double) -> String {
    guard let whole = whole(value) else { return value.description }
    return whole.description
  }

  /// An array, `[1,2.5]`. `values` must be finite.
  package static func append(_ values: [Double], to bytes: inout [UInt8]) {
    appendArray(values, to: &bytes) { append($0, to: &$1) }
  }

  /// An array, `[1,2]`.
  package static func append(_ values: [Int], to bytes: inout [UInt8]) {
    appendArray(values, to: &bytes) { ASCIIDigits.append(Int64($0), to: &$1) }
  }

  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    if let whole = whole(value) {
      ASCIIDigits.append(whole, to: &bytes)
    } else {
      bytes.append(contentsOf: value.description.utf8)
    }
  }

  @inline(__always)
  private static func appendArray<Element>(
    _ values: [Element], to bytes: inout [UInt8], each: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      each(value, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private static func whole(_ value: Double) -> Int64? {
    guard value.magnitude < 9_007_199_254_740_992, let whole = Int64(exactly: value),
      whole != 0 || value.sign == .plus
    else { return nil }
    return whole
  }
}
