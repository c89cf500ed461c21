import BenchTestSupport
import Testing
import TextCoding

@Suite struct UTF8ValidityTests {
  private func isValid(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { UTF8.isValid($0) } }

  @Test("All two bytes, anywhere among others, are valid where the standard library says so")
  func pairs() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let pair = [first, second]
        let expected = String(validating: pair, as: UTF8.self) != nil
        if isValid(pair) != expected || isValid(Array("1234567".utf8) + pair) != expected {
          Issue.record("\(pair)")
        }
      }
    }
  }

  @Test("ASCII of any length is valid, and one byte beyond it is not")
  func lengths() {
    for length in 0...40 {
      var bytes = [UInt8](repeating: 0x61, count: length)
      #expect(isValid(bytes))
      for index in bytes.indices {
        bytes[index] = 0xFF
        #expect(!isValid(bytes))
        bytes[index] = 0x61
      }
    }
  }
}
