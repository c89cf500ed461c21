/// Samples as JSON: the shortest decimals that read back as the same numbers.
enum SampleText {
  static func append(_ values: [Double], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  static func append(_ values: [Int], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    if value.magnitude < 9_007_199_254_740_992, value != 0, let whole = Int(exactly: value) {
      append(whole, to: &bytes)
    } else {
      bytes.append(contentsOf: decimal(value).utf8)
    }
  }

  private static func append(_ whole: Int, to bytes: inout [UInt8]) {
    if whole < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = whole.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Whole numbers below 2^53 stand without a fraction, but for negative zero.
  static func decimal(_ value: Double) -> String {
    guard value.magnitude < 9_007_199_254_740_992, let whole = Int64(exactly: value),
      whole != 0 || value.sign == .plus
    else { return value.description }
    return whole.description
  }
}
