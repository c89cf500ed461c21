/// Whole numbers as ASCII digits.
package enum ASCIIDigits {
  /// The number that these bytes are; nil where they are none or not all digits.
  ///
  /// The range must be short enough for the number to fit, as those of dates and times are.
  @inlinable
  @inline(__always)
  package static func number(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return range.isEmpty ? nil : value
  }

  /// A number with zeros in front, at least so many digits long.
  package static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }

  /// Appends a number without a detour over a string.
  package static func append(_ number: Int64, to bytes: inout [UInt8]) {
    // The 19 digits of the largest, and a sign.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in
      var start = text.count
      var rest = number.magnitude
      repeat {
        start -= 1
        text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        start -= 1
        text[start] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: text[start...])
    }
  }
}
