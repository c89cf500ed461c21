import BenchModel
import BenchOutput
import Testing

@Suite struct ThresholdTests {
  @Test(
    "A limit is a share or an amount with its unit",
    arguments: [
      ("5%", .relative(0.05)), (" 0.5 % ", .relative(0.005)), ("1e1%", .relative(0.1)),
      ("200µs", .absolute(200e3, .nanoseconds)), ("200us", .absolute(200e3, .nanoseconds)),
      ("200 \u{3BC}s", .absolute(200e3, .nanoseconds)), ("1.5ms", .absolute(1.5e6, .nanoseconds)),
      ("2min", .absolute(120e9, .nanoseconds)), ("2h", .absolute(7_200e9, .nanoseconds)),
      ("64KiB", .absolute(65_536, .bytes)),
      ("1 MB", .absolute(1e6, .bytes)), ("12/s", .absolute(12, .perSecond)),
      ("3 count", .absolute(3, .count)), ("0%", .relative(0)),
    ] as [(String, Threshold)])
  func reads(_ text: String, _ threshold: Threshold) throws {
    #expect(try Threshold(parsing: text) == threshold)
  }

  @Test("A bare number is refused with an example of each kind")
  func bareNumber() {
    let error = #expect(throws: ThresholdError.self) { try Threshold(parsing: "5") }
    #expect(error == .noUnit("5"))
    #expect(error?.description == "'5' has no unit; write 5% for a share or 5µs for a time")
  }

  @Test("An unknown unit is refused with the one that was meant")
  func unknownUnit() {
    let error = #expect(throws: ThresholdError.self) { try Threshold(parsing: "5 kiB") }
    #expect(error?.description == "'5 kiB': unknown unit 'kiB'; did you mean 'KiB'?")
    let other = #expect(throws: ThresholdError.self) { try Threshold(parsing: "5 parsecs") }
    #expect(other?.description.contains("use %, ns, µs") == true)
  }

  @Test(
    "What is no number, negative or not finite is refused",
    arguments: ["", "%", "five%", "-5%", "nan%", "inf%", "1e999%", "µs"])
  func noNumber(_ text: String) {
    #expect(throws: ThresholdError.noNumber(text)) { try Threshold(parsing: text) }
  }
}
