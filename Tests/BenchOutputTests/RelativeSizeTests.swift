import BenchComparer
import BenchModel
import BenchOutput
import BenchTestSupport
import Foundation
import Testing

@Suite("Sizes of changes")
struct RelativeSizeTests {
  private func words(_ lower: Double, _ upper: Double, of metric: Metric = .allocations) -> String {
    AnswerText.text(
      lower > 0
        ? .slower(Example.change(lower, upper)) : .faster(Example.change(lower, upper)),
      of: metric)
  }

  @Test(
    "up to 1,000 % it is a percentage, and a factor beyond",
    arguments: [
      (0.061, 0.092, "more by 7.6 % (6.1–9.2)"), (10, 10, "more by 1,000 %"),
      (10.5, 10.5, "more by a factor of 11.5"), (11, 12.1, "more by a factor of 12.6 (12.0–13.1)"),
      (0.2, 30, "more by 1,510 % (20–3,000)"), (4095, 4095, "more by a factor of 4,100"),
      (123_455, 123_955, "more by a factor of 124,000 (123,000–124,000)"),
      (973_999, 1_026_847, "more by a factor of 1.00e6 (9.74e5–1.03e6)"),
      (9_738_528.2, 10_268_489, "more by a factor of 1.00e7 (9.74e6–1.03e7)"),
      (0.12, .infinity, "more by 12.0 % or more"),
      (19, .infinity, "more by a factor of 20.0 or more"),
      (-0.5, -0.25, "less by 37.5 % (25.0–50.0)"), (-0.994, -0.994, "less by 99.4 %"),
      (-0.999, -0.998, "less by a factor of 667 (500–1,000)"),
      (-1, -1, "less by a factor of more than 1.00e15"),
      (.infinity, .infinity, "more by a factor of more than 1.80e308"),
    ] as [(Double, Double, String)])
  func sizes(_ lower: Double, _ upper: Double, _ text: String) {
    #expect(words(lower, upper) == text)
  }

  @Test("of a rate it is the same factor in both directions")
  func bothDirections() {
    let rate = Metric(name: "rate", unit: .perSecond, direction: .higher)
    #expect(words(999, 999, of: rate) == "slower by a factor of 1,000")
    #expect(words(-0.999, -0.999, of: rate) == "faster by a factor of 1,000")
    let hits = Metric(name: "hits", unit: .count, direction: .higher)
    #expect(words(999, 999, of: hits) == "less by a factor of 1,000")
    #expect(words(-0.999, -0.999, of: hits) == "more by a factor of 1,000")
  }

  @Test("the cause of a change is told in the same sizes, and what is gone in none")
  func cause() {
    let base = ProcessCounters(instructions: 1_000, allocations: 12, allocatedBytes: 100)
    let head = ProcessCounters(instructions: 900_000, allocations: 0, allocatedBytes: 112)
    #expect(
      CauseText.sentence(Cause(base: base, head: head))
        == "The code changed: more instructions by a factor of 900, no allocations (from 12.0) and "
        + "12.0 % more allocated bytes.")
  }

  @Test("signs stay with percentages, and a factor has none")
  func signed() {
    #expect(RelativeSize.signed(0.031) == "+3.1 %" && RelativeSize.signed(-0.4) == "−40.0 %")
    #expect(RelativeSize.signed(99) == "×100" && RelativeSize.signed(1e7) == "×1.00e7")
    #expect(RelativeSize.signed(.infinity) == "×1.80e308 or more")
    let zero = RelativeShift(
      estimate: .infinity, lower: .infinity, upper: .infinity, zero: ZeroChange(from: 0, to: 12))
    #expect(RelativeSize.signed(zero) == "from 0 to 12.0")
  }

  @Test("a number of any magnitude has three digits and never reads as zero")
  func everyMagnitude() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<2_000 {
      let value = pow(10, Double.random(in: -307...307, using: &random))
      for text in [Digits.three(value), Quantity(value, Unit(rawValue: "x")).description] {
        let number = text.split(separator: " ")[0].replacing(",", with: "")
        let read = try #require(Double(number), "seed \(seed): \(text)")
        #expect(abs(read / value - 1) < 0.006, "seed \(seed): \(value) is \(text)")
        #expect(text.count < 24, "seed \(seed): \(text)")
      }
    }
  }
}
