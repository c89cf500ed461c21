import BenchTestSupport
import Testing
import TextCoding

@Suite struct ScannedDecimalTests {
  private func read(_ text: String) -> (number: ScannedDecimal, value: Double?)? {
    var text = text
    return text.withUTF8 { buffer in
      let bytes = UnsafeRawBufferPointer(buffer)
      var scanner = JSONScanner(bytes)
      guard let number = try? scanner.readNumber(), (try? scanner.expectEnd()) != nil else {
        return nil
      }
      return (number, number.double(of: bytes))
    }
  }

  @Test("Any double is read as it was written", arguments: 1...20)
  func roundTrip(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(read(ShortestDecimal.text(value))?.value?.bitPattern == value.bitPattern, "\(seed)")
    }
  }

  @Test("Any digits are the double that the standard library reads", arguments: 1...20)
  func digits(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let whole = random.next() >> UInt64.random(in: 0..<64, using: &random)
      let fraction = random.next() >> UInt64.random(in: 0..<64, using: &random)
      let power = Int.random(in: -330...330, using: &random)
      for text in ["\(whole)", "-\(whole).\(fraction)", "\(whole).\(fraction)e\(power)"] {
        let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
        #expect(read(text)?.value?.bitPattern == expected?.bitPattern, "seed \(seed): \(text)")
      }
    }
  }

  @Test(
    "Whole numbers are exact or nothing",
    arguments: [
      ("0", 0), ("-0", 0), ("9223372036854775807", Int.max), ("9223372036854775808", nil),
      ("-9223372036854775808", Int.min), ("-9223372036854775809", nil), ("1.0", nil), ("1e2", nil),
      ("100000000000000000000", nil),
    ] as [(String, Int?)])
  func whole(_ text: String, _ expected: Int?) {
    #expect(read(text)?.number.integer == expected)
  }

  @Test("Exponents beyond every double neither overflow nor give infinity")
  func exponents() {
    #expect(read("1e99999999999999999999")?.value == nil)
    #expect(read("1e-99999999999999999999")?.value == 0)
    #expect(read("0e400")?.value == 0)
    #expect(read("-0.0")?.value?.sign == .minus)
  }
}
