import BenchFormats
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite("Reading lines, beside Foundation's decoder")
struct DecoderAgreementTests {
  private struct Line: Decodable {
    let parameters: [String: String]
    let values: [Double]
  }

  @Test("both read the same numbers and texts, and refuse the same lines", arguments: 1...20)
  func agrees(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let values = (0..<4).map { _ in number(&random) }.joined(separator: " ,")
      let member = "\"parameters\":{\"a\\u00e9\":\(text(&random)), \"b\" : \(text(&random))}"
      // The unit is an unknown one, since a duration is never negative.
      let source = line(member, values: "[\(values)]").replacing("\"ns\"", with: "\"points\"")
      let expected = try? JSONDecoder().decode(Line.self, from: Data(source.utf8))
      let record = read(header + source).records.first
      #expect(record?.values == expected?.values, "seed \(seed): \(source)")
      #expect(
        record?.series.benchmark.parameters == expected?.parameters, "seed \(seed): \(source)")
    }
  }

  private func number(_ random: inout SeededRandom) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return "\(Int.random(in: -1000...1000, using: &random))"
    case 1: return "\(Double.random(in: -1...1, using: &random))"
    case 2:
      return "\(Double(bitPattern: random.next() & 0x7FDF_FFFF_FFFF_FFFF))"
        .replacing("inf", with: "1").replacing("nan", with: "2")
    case 3: return "\(random.next()).\(random.next())e\(Int.random(in: -300...280, using: &random))"
    case 4: return "0.\(random.next())E+\(Int.random(in: 0...20, using: &random))"
    default: return "-0"
    }
  }

  private func text(_ random: inout SeededRandom) -> String {
    let pieces = [
      "a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\\t", "x\\b\\f\\r",
    ]
    let count = Int.random(in: 0...6, using: &random)
    return "\"" + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      + "\""
  }
}
