import BenchTestSupport
import Testing
import TextCoding

@Suite struct ASCIIDigitsTests {
  private func number(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    text.withUnsafeBytes { ASCIIDigits.number($0, range) }
  }

  @Test("Of all two bytes those that are digits are a number")
  func pairs() {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let expected =
          digits.contains(first) && digits.contains(second)
          ? Int(first - 48) * 10 + Int(second - 48) : nil
        if number([first, second], 0..<2) != expected {
          Issue.record("\(first) \(second)")
        }
      }
    }
    #expect(number(Array("12".utf8), 1..<1) == nil)
  }

  @Test("Numbers get zeros in front, never fewer digits, and a sign before the zeros")
  func padding() {
    #expect(ASCIIDigits.padded(7, 2) == "07")
    #expect(ASCIIDigits.padded(-7, 3) == "-007")
    #expect(ASCIIDigits.padded(1234, 2) == "1234")
    #expect(ASCIIDigits.padded(.min, 0) == "-9223372036854775808")
    #expect(ASCIIDigits.padded(0, 0) == "0")
  }

  @Test("Appended numbers are what Swift writes", arguments: 1...10)
  func appending(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let edges: [Int64] = [.min, .min + 1, -1, 0, 1, 9, 10, .max]
    let numbers = edges + (0..<100).map { Int64(bitPattern: random.next()) >> ($0 % 63) }
    for number in numbers {
      var bytes = Array("x".utf8)
      ASCIIDigits.append(number, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == "x\(number)", "seed \(seed)")
    }
  }
}
