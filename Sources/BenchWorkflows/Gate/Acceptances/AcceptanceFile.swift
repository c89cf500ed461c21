package import BenchModel

/// `benchdb.accepted.toml`: acceptances as a file in the repository, to be reviewed with the change
/// that they are about.
package enum AcceptanceFile {
  package static let name = "benchdb.accepted.toml"

  /// The whole file, acceptances in the order of their series.
  package static func text(_ acceptances: [Acceptance]) -> String {
    let heading = """
      # Changes for the worse that were looked at and accepted. `benchdb compare` does not fail on them.
      # Written by `benchdb accept --export`; review it like code, and take out an entry to withdraw it.
      # 'up-to' is how much slower the series may be than before the change; what goes beyond it fails.
      # A change from or to zero has no percentage: it is accepted up to "any" size.

      """
    return heading + acceptances.sorted(by: precedes).map { "\n" + entry($0) }.joined()
  }

  private static func precedes(_ left: Acceptance, _ right: Acceptance) -> Bool {
    (left.series.description, left.accepted, left.idText)
      < (right.series.description, right.accepted, right.idText)
  }

  private static func entry(_ acceptance: Acceptance) -> String {
    let benchmark = acceptance.series.benchmark
    var lines = ["[[accepted]]", "benchmark = \(quoted(benchmark.id))"]
    if !benchmark.parameters.isEmpty {
      let pairs = benchmark.parameters.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)) = \(quoted($0.value))" }
      lines.append("parameters = { \(pairs.joined(separator: ", ")) }")
    }
    lines += [
      "metric = \(quoted(acceptance.series.metric))",
      "up-to = \(quoted(acceptance.isUnlimited ? anySize : "\(percent(acceptance.size))%"))",
      "reason = \(quoted(acceptance.reason))", "by = \(quoted(acceptance.author))",
      "accepted = \(quoted(acceptance.accepted.description))",
    ]
    if let until = acceptance.until { lines.append("until = \(quoted(until.description))") }
    lines += [
      "from = \(quoted(acceptance.from))", "to = \(quoted(acceptance.to))",
      "id = \(quoted(acceptance.idText))",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The size of a change that has none.
  static let anySize = "any"

  /// Sizes are whole hundredths of a per cent.
  private static func percent(_ size: Double) -> String {
    let hundredths = (size * 10_000).rounded()
    guard hundredths < 1e15 else { return String(size * 100) }
    let (whole, rest) = (Int(hundredths) / 100, Int(hundredths) % 100)
    return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// A basic string of TOML.
  static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(escaped)\""
  }
}
