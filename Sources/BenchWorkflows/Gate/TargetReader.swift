import BenchComparer
import BenchModel
import BenchOutput
import TOMLKit

/// Reads one `[[target]]` of `benchdb.toml`.
struct TargetReader {
  private let reader: ConfigurationReader

  init(_ reader: ConfigurationReader) { self.reader = reader }

  /// - Throws: `CommandFailure` with the key and what is expected there.
  func target(_ value: any TOMLValueConvertible) throws -> Target {
    guard let table = value.table else {
      throw reader.wrong("target", expected: "tables, each headed [[target]]")
    }
    for key in table.keys where !Self.keys.contains(key) {
      throw reader.unknown(SettingKey(table: "[target]", name: key), known: Self.keys)
    }
    let measure = try measure(table)
    let (bound, unit) = try bound(table, measure)
    return Target(
      name: try required("name", table, expected: "what is asked, in a few words"),
      benchmark: BenchmarkPattern(
        try required(
          "benchmark", table, expected: "a benchmark, such as \"throughput/grouped records=*\"")),
      metric: try required("metric", table, expected: "a metric's name, such as \"cpu\""),
      statistic: try statistic(table), measure: measure, bound: bound, unit: unit)
  }

  private static let measures = ["per", "rate", "over", "slope", "spread"]
  private static let bounds = ["below", "above", "between"]
  private static let keys = Set(["name", "benchmark", "metric", "statistic"] + measures + bounds)

  private func statistic(_ table: TOMLTable) throws -> Target.Statistic {
    guard let value = table["statistic"] else { return .median }
    let names = Target.Statistic.allCases.map(\.rawValue).joined(separator: ", ")
    guard let text = value.string, let statistic = Target.Statistic(rawValue: text) else {
      throw reader.wrong("[[target]] statistic", expected: "one of \(names)")
    }
    return statistic
  }

  private func measure(_ table: TOMLTable) throws -> Target.Measure {
    let given = Self.measures.filter { table[$0] != nil }
    guard given.count < 2 else {
      throw reader.wrong(
        "[[target]]", expected: "only one of \(given.joined(separator: ", "))")
    }
    guard let name = given.first, let value = table[name] else { return .value }
    let text = try reader.string(value, at: "[[target]] \(name)")
    return switch name {
    case "per": .per(parameter: text)
    case "rate": .rate(parameter: text)
    case "over": .ratio(over: BenchmarkPattern(text))
    case "slope": .slope(parameter: text)
    default: .spread(parameter: text)
    }
  }

  private func required(_ name: String, _ table: TOMLTable, expected: String) throws -> String {
    guard let value = table[name] else {
      throw reader.wrong("[[target]]", expected: "a key '\(name)': \(expected)")
    }
    return try reader.string(value, at: "[[target]] \(name)")
  }
}

// MARK: Limits

extension TargetReader {
  private func bound(
    _ table: TOMLTable, _ measure: Target.Measure
  ) throws -> (Target.Bound, Unit?) {
    let given = Self.bounds.filter { table[$0] != nil }
    guard given.count == 1, let name = given.first, let value = table[name] else {
      throw reader.wrong(
        "[[target]]", expected: "one limit: a key 'below', 'above' or 'between'")
    }
    guard name == "between" else {
      let (limit, unit) = try limit(value, at: name, measure)
      return (name == "below" ? .below(limit) : .above(limit), unit)
    }
    let ends = try value.array?.map { try limit($0, at: name, measure) } ?? []
    guard ends.count == 2, ends[0].0 <= ends[1].0, ends[0].1 == ends[1].1 else {
      throw reader.wrong(
        "[[target]] between", expected: "two limits in one unit, the lower one first")
    }
    return (.between(ends[0].0, ends[1].0), ends[0].1)
  }

  private func limit(
    _ value: any TOMLValueConvertible, at name: String, _ measure: Target.Measure
  ) throws -> (Double, Unit?) {
    let text = reader.scalar(value) ?? ""
    let key = "[[target]] \(name)"
    switch measure {
    case .slope:
      guard let number = Double(text), number.isFinite else {
        throw reader.wrong(key, expected: "an exponent, such as 1.05")
      }
      return (number, nil)
    case .ratio, .spread:
      guard let factor = Self.factor(text) else {
        throw reader.wrong(key, expected: "a factor, such as \"1.5x\" or \"150%\"")
      }
      return (factor, nil)
    case .value, .per, .rate:
      do {
        guard case .absolute(let amount, let unit) = try Threshold(parsing: text) else {
          throw reader.wrong(key, expected: "an amount with its unit, such as \"100ms\"")
        }
        if case .rate = measure, unit != .perSecond {
          throw reader.wrong(key, expected: "a rate, such as \"1000/s\"")
        }
        return (amount, unit)
      } catch let error as ThresholdError {
        throw reader.wrong(key, expected: "an amount with its unit, such as \"100ms\": \(error)")
      }
    }
  }

  /// `1.5x`, `1.5×` or `150%`
  private static func factor(_ text: String) -> Double? {
    if case .relative(let share) = try? Threshold(parsing: text) { return share }
    guard text.hasSuffix("x") || text.hasSuffix("×"), let factor = Double(text.dropLast()),
      factor.isFinite, factor >= 0
    else { return nil }
    return factor
  }
}
