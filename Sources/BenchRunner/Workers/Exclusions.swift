import BenchModel

/// Why a selection left none of the declared benchmarks: how many each part of it kept out, in the
/// order in which they are asked.
package struct Exclusions: Sendable, Hashable {
  package private(set) var bySuite = 0
  package private(set) var byRecords = 0
  package private(set) var byFilter = 0
  private var examples: [BenchmarkKey] = []
  private let filter: String?
  private let profile: String

  init(filter: String?, profile: String) {
    self.filter = filter
    self.profile = profile
  }

  enum Part {
    case suite, records, filter
  }

  mutating func add(_ key: BenchmarkKey, by part: Part) {
    switch part {
    case .suite: bySuite += 1
    case .records: byRecords += 1
    case .filter:
      byFilter += 1
      if examples.count < Self.mostExamples { examples.append(key) }
    }
  }

  /// Enough to see what a filter is matched against.
  private static let mostExamples = 3
}

extension Exclusions: CustomStringConvertible {
  package var description: String {
    let count = bySuite + byRecords + byFilter
    guard count > 0 else {
      return "The executables declare no benchmark. Add one, or correct `path` in benchdb.toml."
    }
    return
      "None of \(count == 1 ? "the 1 benchmark" : "the \(count) benchmarks") is left to measure: "
      + parts.joined(separator: ", ") + "." + advice
  }

  private var parts: [String] {
    [
      (bySuite, "of other suites"),
      (byRecords, "with more records than the profile '\(profile)' takes"),
      (byFilter, "not matched by the filter \(quoted(filter ?? ""))"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  private var advice: String {
    guard byFilter > 0 else { return byRecords > 0 ? " Take a larger profile." : "" }
    let names = examples.map { quoted($0.description) }.joined(separator: ", ")
    return " A filter is looked for anywhere in 'suite/name key=value'; it was asked of \(names)"
      + (byFilter > examples.count ? " and others." : ".")
  }
}
