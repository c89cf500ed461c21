/// Samples as JSON: the shortest decimals that read back as the same numbers.
enum SampleText {
  static func append(_ values: [Double], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: decimal(value).utf8)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  static func append(_ values: [Int], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: String(value).utf8)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Whole numbers below 2^53 stand without a fraction, but for negative zero.
  static func decimal(_ value: Double) -> String {
    guard value.magnitude < 9_007_199_254_740_992, let whole = Int64(exactly: value),
      whole != 0 || value.sign == .plus
    else { return value.description }
    return whole.description
  }
}
