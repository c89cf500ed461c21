import BenchModel
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
}
