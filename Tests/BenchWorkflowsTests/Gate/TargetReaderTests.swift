import BenchComparer
import BenchModel
import BenchWorkflows
import Testing

@Suite("Reading targets")
struct TargetReaderTests {
  private func target(_ keys: String) throws -> Target {
    let text = """
      [[target]]
      name = "a target"
      benchmark = "throughput/grouped records=*"
      metric = "cpu"
      \(keys)
      """
    return try #require(try ConfigurationReader().read(text).targets.first)
  }

  @Test("a target is about the median of a value, unless it says otherwise")
  func plain() throws {
    let target = try target("below = \"100ms\"")
    #expect(target.name == "a target" && target.metric == "cpu")
    #expect(target.benchmark == BenchmarkPattern("throughput/grouped records=*"))
    #expect(target.statistic == .median && target.measure == .value)
    #expect(target.bound == .below(100e6) && target.unit == .nanoseconds)
  }

  @Test("a limit is below, above or between, in the unit that the measure asks for")
  func limits() throws {
    let rate = try target("rate = \"records\"\nabove = \"1000/s\"")
    #expect(rate.measure == .rate(parameter: "records"))
    #expect(rate.bound == .above(1000) && rate.unit == .perSecond)
    let per = try target("per = \"records\"\nbetween = [\"1µs\", \"2µs\"]")
    #expect(per.measure == .per(parameter: "records") && per.bound == .between(1000, 2000))
    let slope = try target("slope = \"records\"\nbelow = 1.05")
    #expect(slope.measure == .slope(parameter: "records") && slope.bound == .below(1.05))
    #expect(slope.unit == nil)
    let ratio = try target("over = \"throughput/plain\"\nbelow = \"1.5x\"")
    #expect(ratio.measure == .ratio(over: BenchmarkPattern("throughput/plain")))
    #expect(ratio.bound == .below(1.5))
    let spread = try target("spread = \"records\"\nbelow = \"150%\"")
    #expect(spread.measure == .spread(parameter: "records") && spread.bound == .below(1.5))
    #expect(try target("spread = \"records\"\nbelow = \"2×\"").bound == .below(2))
  }

  @Test("every statistic can be asked for")
  func statistics() throws {
    for statistic in Target.Statistic.allCases {
      #expect(
        try target("statistic = \"\(statistic.rawValue)\"\nbelow = \"1s\"").statistic == statistic)
    }
  }

  @Test(
    "what is wrong is refused with its key and what is expected there",
    arguments: [
      ("belw = \"1s\"", "unknown key [[target]] belw. Did you mean 'below'?"),
      ("", "one limit: a key 'below', 'above' or 'between'"),
      ("below = \"1s\"\nabove = \"2s\"", "one limit: a key 'below', 'above' or 'between'"),
      ("below = \"1\"", "below: expected an amount with its unit, such as \"100ms\""),
      ("below = [\"1s\"]", "below: expected an amount with its unit"),
      ("below = \"3%\"", "below: expected an amount with its unit"),
      ("between = [\"2s\", \"1s\"]", "two limits in one unit, the lower one first"),
      ("between = [\"1s\", \"1B\"]", "two limits in one unit"),
      ("between = [\"1s\"]", "two limits in one unit"),
      ("between = \"1s\"", "two limits in one unit"),
      ("rate = \"r\"\nabove = \"1s\"", "above: expected a rate, such as \"1000/s\""),
      ("slope = \"r\"\nbelow = \"steep\"", "below: expected an exponent, such as 1.05"),
      ("over = \"x\"\nbelow = \"1s\"", "below: expected a factor"),
      ("spread = \"r\"\nbelow = \"-1x\"", "below: expected a factor"),
      ("per = \"r\"\nslope = \"r\"\nbelow = \"1s\"", "only one of per, slope"),
      ("per = 3\nbelow = \"1s\"", "[[target]] per: expected a string that is not empty"),
      ("statistic = \"mode\"\nbelow = \"1s\"", "[[target]] statistic: expected one of"),
    ])
  func wrong(_ keys: String, expected: String) {
    expectFailure(expected) { _ = try target(keys) }
  }

  @Test("name, benchmark and metric must be there")
  func required() {
    for missing in ["name", "benchmark", "metric"] {
      let keys = ["name", "benchmark", "metric"].filter { $0 != missing }
      let text = "[[target]]\n" + keys.map { "\($0) = \"x\"\n" }.joined() + "below = \"1s\"\n"
      expectFailure("[[target]]: expected a key '\(missing)':") {
        _ = try ConfigurationReader().read(text)
      }
    }
  }
}
