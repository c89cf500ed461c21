/// A value of a parameter: a literal integer, number, text or truth value.
public enum ParameterValue: Sendable, Hashable, CustomStringConvertible {
  /// `100_000`
  case integer(Int)
  /// `0.5`
  case number(Double)
  /// `"orders"`
  case text(String)
  /// `true`
  case truth(Bool)

  /// The value as it appears in the benchmark's key.
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .text(let value): value
    case .truth(let value): String(value)
    }
  }
}

extension ParameterValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  /// `["records": [10_000]]`
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// `["share": [0.5]]`
  public init(floatLiteral value: Double) { self = .number(value) }
  /// `["workload": ["orders"]]`
  public init(stringLiteral value: String) { self = .text(value) }
  /// `["prefetch": [true, false]]`
  public init(booleanLiteral value: Bool) { self = .truth(value) }
}

/// The parameters of one benchmark in one process, as its setup receives them.
///
/// ```swift
/// Benchmark("sort", parameters: ["records": [1_000, 10_000]]) { parameters, seed in
///   let records = makeRecords(parameters.integer("records"), seed: seed)
///   return .measuring { records.sorted() }
/// }
/// ```
///
/// Reading a parameter that is not declared, or that has another type, is a mistake in the
/// benchmark and stops its process with a message that names the parameter.
public struct Parameters: Sendable, Hashable {
  private let values: [String: ParameterValue]

  init(_ values: [String: ParameterValue]) { self.values = values }

  /// The value, or nil where the benchmark has no such parameter.
  public subscript(name: String) -> ParameterValue? { values[name] }

  /// The value of a parameter declared with integers.
  public func integer(_ name: String) -> Int {
    guard case .integer(let value) = values[name] else { refuse(name, "an integer") }
    return value
  }

  /// The value of a parameter declared with integers or numbers.
  public func number(_ name: String) -> Double {
    switch values[name] {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    default: refuse(name, "a number")
    }
  }

  /// The value of a parameter declared with texts.
  public func text(_ name: String) -> String {
    guard case .text(let value) = values[name] else { refuse(name, "a text") }
    return value
  }

  /// The value of a parameter declared with `true` and `false`.
  public func truth(_ name: String) -> Bool {
    guard case .truth(let value) = values[name] else { refuse(name, "true or false") }
    return value
  }

  private func refuse(_ name: String, _ wanted: String) -> Never {
    let found = values[name].map { "it is \($0)" } ?? "there is none of that name"
    fatalError("parameter '\(name)' was asked for as \(wanted), but \(found)")
  }
}

/// Parameters with the values that each takes. The benchmark is declared once for every
/// combination.
///
/// ```swift
/// let sweep: Sweep = ["records": [1_000, 9_000], "workload": ["orders", "events"]]  // four
/// ```
public struct Sweep: Sendable, ExpressibleByDictionaryLiteral {
  let axes: [(name: String, values: [ParameterValue])]

  /// Makes a sweep of a name and its values for each parameter. The last parameter varies fastest.
  public init(dictionaryLiteral elements: (String, [ParameterValue])...) {
    axes = elements.map { (name: $0.0, values: $0.1) }
  }

  /// Every combination of values; a single empty one where there are no parameters.
  var combinations: [[String: ParameterValue]] {
    axes.reduce([[:]]) { partial, axis in
      partial.flatMap { combination in
        axis.values.map { combination.merging([axis.name: $0]) { _, new in new } }
      }
    }
  }
}
