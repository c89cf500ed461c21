import BenchModel
import BenchOutput
import BenchTestSupport
import Foundation
import Testing

@Suite struct QuantityTests {
  @Test(
    "A time has three digits and the unit in which it is read",
    arguments: [
      (0, "0 ns"), (0.25, "0.250 ns"), (1, "1.00 ns"), (312.5, "312 ns"), (999.4, "999 ns"),
      (999.6, "1.00 µs"), (1_000, "1.00 µs"), (31_250_000, "31.2 ms"), (999_600_000, "1.00 s"),
      (59.94e9, "59.9 s"), (60e9, "1.00 min"), (90e9, "1.50 min"), (7200e9, "2.00 h"),
      (-1_500, "−1.50 µs"), (1e-9, "1.00e-9 ns"), (1e-307, "1.00e-307 ns"),
      (3.12e-5, "0.0000312 ns"), (.infinity, "∞"), (-.infinity, "−∞"),
      (.nan, "n/a"), (9.99e14 * 3600e9, "999,000,000,000,000 h"), (1e15 * 3600e9, "1.00e15 h"),
      (1.7e308, "4.72e295 h"), (-1.7e308, "−4.72e295 h"),
    ] as [(Double, String)])
  func time(_ value: Double, _ text: String) {
    #expect(Quantity(value, .nanoseconds).description == text)
  }

  @Test(
    "Bytes are whole until the first KiB",
    arguments: [
      (0, "0 B"), (1, "1 B"), (1_023, "1,023 B"), (1_024, "1.00 KiB"), (1_536, "1.50 KiB"),
      (0x1p20, "1.00 MiB"), (3.5 * 0x1p30, "3.50 GiB"), (12.5, "12.5 B"), (-2_048, "−2.00 KiB"),
    ] as [(Double, String)])
  func bytes(_ value: Double, _ text: String) {
    #expect(Quantity(value, .bytes).description == text)
  }

  @Test(
    "Counts have separators until a million, rates an SI prefix",
    arguments: [
      (0, .count, "0"), (14, .count, "14"), (12_345, .count, "12,345"),
      (999_999, .count, "1.00 M"), (1_234_567, .count, "1.23 M"), (0.5, .count, "0.500"),
      (1_200_000, .perSecond, "1.20 M/s"), (12, .perSecond, "12.0/s"),
      (5, BenchModel.Unit(rawValue: "frames"), "5.00 frames"),
    ] as [(Double, BenchModel.Unit, String)])
  func counts(_ value: Double, _ unit: BenchModel.Unit, _ text: String) {
    #expect(Quantity(value, unit).description == text)
  }

  @Test("Every magnitude is written with a number from 1 to 1,024 and the sign of the value")
  func everyMagnitude() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<2_000 {
      let value =
        pow(10, Double.random(in: 0...12, using: &random)) * (Bool.random(using: &random) ? 1 : -1)
      for unit in [BenchModel.Unit.nanoseconds, .bytes, .count, .perSecond] {
        let text = Quantity(value, unit).description
        let digits = text.drop { $0 == "−" }.prefix { $0.isNumber || $0 == "." || $0 == "," }
        let number = try #require(
          Double(digits.replacing(",", with: "")), "seed \(seed): \(text)")
        let limit = unit == .count ? 1_000_000.0 : 1_024
        #expect((1...limit).contains(number), "seed \(seed): \(value) \(unit) is \(text)")
        #expect(text.hasPrefix("−") == (value < 0), "seed \(seed): \(value) is \(text)")
      }
    }
  }

  @Test(
    "Percentages have one decimal under 100 %, and small ones their first digit",
    arguments: [
      (0, "0 %"), (0.031, "3.1 %"), (0.2499, "25.0 %"), (0.9994, "99.9 %"), (0.99951, "100 %"),
      (1.34, "134 %"), (12.5, "1,250 %"), (0.0004, "0.04 %"), (0.000_03, "0.003 %"),
      (1e-12, "1.00e-10 %"), (1.7e300, "1.70e302 %"), (-0.004, "−0.4 %"), (.infinity, "∞ %"),
      (.nan, "n/a %"),
    ] as [(Double, String)])
  func percentages(_ fraction: Double, _ text: String) {
    #expect(Percentage.text(fraction) == text)
  }

  @Test("A signed percentage shows its plus, and zero has none")
  func signed() {
    #expect(Percentage.signed(0.031) == "+3.1 %")
    #expect(Percentage.signed(-0.031) == "−3.1 %")
    #expect(Percentage.signed(0) == "0 %")
  }

  @Test(
    "A range has one unit, one precision and, where it crosses zero, signs",
    arguments: [
      (0.031, 0.048, "3.1–4.8 %"), (0.061, 0.092, "6.1–9.2 %"), (0.098, 0.123, "9.8–12.3 %"),
      (0.05, 0.05, "5.0 %"), (-0.004, 0.051, "−0.4 to +5.1 %"), (0, 0.02, "0–2.0 %"),
      (0.98, 1.2, "98–120 %"), (-0.05, -0.02, "−5.0 to −2.0 %"),
    ] as [(Double, Double, String)])
  func ranges(_ lower: Double, _ upper: Double, _ text: String) {
    #expect(Percentage.range(lower, upper) == text)
  }

  @Test(
    "Waiting is told in whole seconds and two units",
    arguments: [
      (0, "under 1 s"), (0.4, "under 1 s"), (1, "1 s"), (59.4, "59 s"), (59.6, "1 min"),
      (250, "4 min 10 s"), (3600, "1 h"), (7500, "2 h 5 min"), (273_600, "3 d 4 h"),
      (-1, "unknown"), (.nan, "unknown"), (.infinity, "unknown"),
    ] as [(Double, String)])
  func waiting(_ seconds: Double, _ text: String) {
    #expect(WaitingTime.text(seconds: seconds) == text)
  }

  @Test("Dates are ISO 8601 in universal time")
  func dates() {
    let date = Date(timeIntervalSince1970: 1_795_437_350.9)
    #expect(Timestamp.minute(date) == "2026-11-23 12:35")
    #expect(Timestamp.machine(date) == "2026-11-23T12:35:50Z")
  }
}
