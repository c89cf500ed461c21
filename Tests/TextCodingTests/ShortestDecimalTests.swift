import BenchTestSupport
import Testing
import TextCoding

struct ShortestDecimalTests {
  @Test(
    "a number is the shortest decimal that reads back as itself",
    arguments: [
      (0, "0"), (-0.0, "-0.0"), (1, "1"), (-312_004, "-312004"), (0.1, "0.1"), (2.5e-7, "2.5e-07"),
      (9_007_199_254_740_991, "9007199254740991"), (1e300, "1e+300"),
      (9_007_199_254_740_992, "9007199254740992.0"),
    ])
  func text(value: Double, expected: String) {
    #expect(ShortestDecimal.text(value) == expected)
    #expect(Double(expected)?.bitPattern == value.bitPattern)
  }

  @Test("an array has the same texts between commas")
  func array() {
    var bytes: [UInt8] = []
    ShortestDecimal.append([1.5, -2, 0], to: &bytes)
    ShortestDecimal.append([Int.min, 0, Int.max], to: &bytes)
    ShortestDecimal.append([Double](), to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "[1.5,-2,0][-9223372036854775808,0,9223372036854775807][]")
  }

  @Test("Any double, in an array too, reads back as itself", arguments: 1...20)
  func roundTrip(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let edges: [Double] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1p53, 1e22]
    let values =
      edges + (0..<200).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
      + (0..<200).map { Double(Int64(bitPattern: random.next()) >> ($0 % 60)) }
    for value in values {
      #expect(Double(ShortestDecimal.text(value))?.bitPattern == value.bitPattern, "\(seed)")
    }
    var bytes: [UInt8] = []
    ShortestDecimal.append(values, to: &bytes)
    let expected = values.map(ShortestDecimal.text).joined(separator: ",")
    #expect(String(decoding: bytes, as: UTF8.self) == "[\(expected)]")
  }
}
