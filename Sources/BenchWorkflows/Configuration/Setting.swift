package import BenchModel
package import BenchOutput

/// One thing a user can set four ways: by a flag, by an environment variable, by a key of
/// `benchdb.toml`, or not at all.
///
/// The flag's name gives the other two: `--exit-zero` is `BENCHDB_EXIT_ZERO` and `exit-zero` in its
/// command's table.
package struct Setting<Value: Sendable>: Sendable {
  /// The name of the flag, without its dashes.
  package let name: String
  /// The table of `benchdb.toml` that holds the key; `nil` for the top level.
  package let table: String?
  /// What a value looks like, to end the sentence 'expected …'.
  package let expectation: String
  package let read: @Sendable (String) -> Value?

  package init(
    _ name: String, in table: String? = nil, expecting expectation: String,
    read: @escaping @Sendable (String) -> Value?
  ) {
    self.name = name
    self.table = table
    self.expectation = expectation
    self.read = read
  }

  package var key: SettingKey { SettingKey(table: table, name: name) }
}

/// The names of a setting in `benchdb.toml` and in the environment.
package struct SettingKey: Sendable, Hashable, CustomStringConvertible {
  package let table: String?
  package let name: String

  /// `BENCHDB_EXIT_ZERO`
  package var environmentVariable: String {
    "BENCHDB_" + name.uppercased().replacing("-", with: "_")
  }

  /// `[compare] exit-zero`
  package var description: String { table.map { "[\($0)] \(name)" } ?? name }
}

extension Setting where Value == String {
  package static let database = Setting("db", expecting: "a path") { $0.isEmpty ? nil : $0 }
  package static let profile = Setting("profile", in: "record", expecting: "a profile's name") {
    $0.isEmpty ? nil : $0
  }
  package static let filter = Setting(
    "filter", in: "record", expecting: "a regular expression"
  ) { $0.isEmpty ? nil : $0 }
}

extension Setting where Value == Counter {
  package static let counter = Setting("counter", in: "record", expecting: "instructions") {
    Counter(rawValue: $0)
  }
}

extension Setting where Value == String {
  package static let branch = Setting("branch", in: "trend", expecting: "a branch or revision") {
    $0.isEmpty ? nil : $0
  }
  package static let since = Setting(
    "since", in: "trend", expecting: "a revision, or a day such as 2026-01-31"
  ) { $0.isEmpty ? nil : $0 }
  package static let historyFilter = Setting(
    "filter", in: "trend", expecting: "a regular expression"
  ) { (try? Regex($0)) == nil || $0.isEmpty ? nil : $0 }
}

extension Setting where Value == [String] {
  package static let historySuite = Setting(
    "suite", in: "trend", expecting: "suites, with commas"
  ) { $0.split(separator: ",").map { String($0.drop { $0 == " " }) } }
  package static let suite = Setting("suite", in: "record", expecting: "suites, with commas") {
    $0.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}

extension Setting where Value == ColourChoice {
  package static let colour = Setting("color", expecting: "auto, always or never") {
    ColourChoice(rawValue: $0)
  }
}

extension Setting where Value == CommitLinks {
  /// It has no flag: where a project's commits can be read does not change from one command to the
  /// next.
  package static let commitURL = Setting(
    "commit-url",
    expecting: "an address with {commit} in it, such as https://example.org/engine/commit/{commit}"
  ) { CommitLinks(pattern: $0) }
}

extension Setting where Value == ConfirmChoice {
  package static let confirm = Setting(
    "confirm", in: "compare", expecting: "auto, always or never"
  ) { ConfirmChoice(rawValue: $0) }
}

extension Setting where Value == FailingAnswer {
  package static let failOn = Setting(
    "fail-on", in: "compare", expecting: "slower or suspected"
  ) { FailingAnswer(rawValue: $0) }
}

extension Setting where Value == String {
  package static let comment = Setting("comment", in: "compare", expecting: "a path") {
    $0.isEmpty ? nil : $0
  }
}

extension Setting where Value == UInt64 {
  package static let seed = Setting("seed", in: "record", expecting: "a whole number") {
    UInt64($0)
  }
}

extension Setting where Value == Int {
  package static let processes = Setting(
    "processes", in: "record", expecting: "a whole number from 1 to 1000"
  ) { text in Int(text).flatMap { (1...1000).contains($0) ? $0 : nil } }

  package static let last = Setting("last", in: "trend", expecting: "a whole number above 0") {
    Int($0).flatMap { $0 > 0 ? $0 : nil }
  }

  package static let rounds = Setting(
    "rounds", in: "compare", expecting: "a whole number from 6 to 30"
  ) { text in Int(text).flatMap { (6...30).contains($0) ? $0 : nil } }

  package static let sessions = Setting(
    "sessions", in: "compare", expecting: "a whole number from 1 to 10"
  ) { text in Int(text).flatMap { (1...10).contains($0) ? $0 : nil } }

  package static let layouts = Setting(
    "layouts", in: "compare", expecting: "a whole number from 1 to 30"
  ) { text in Int(text).flatMap { (1...30).contains($0) ? $0 : nil } }
}

extension Setting where Value == BenchFrom {
  package static let benchFrom = Setting(
    "bench-from", in: "compare", expecting: "head or own"
  ) { BenchFrom(rawValue: $0) }
}

extension Setting where Value == OneLayoutChoice {
  package static let oneLayout = Setting(
    "one-layout", in: "compare", expecting: "corroborate or trust"
  ) { OneLayoutChoice(rawValue: $0) }
}

extension Setting where Value == Bool {
  package static let exitZero = flag("exit-zero")
  package static let requireConclusive = flag("require-conclusive")
  package static let judgeIdentical = flag("judge-identical")
  package static let all = flag("all")
  package static let exactAcrossMachines = flag("exact-across-machines")

  /// The same of `benchdb check`.
  package static let checkIsConclusive = flag("require-conclusive", in: "check")
  package static let checkExitsZero = flag("exit-zero", in: "check")

  private static func flag(_ name: String, in table: String = "compare") -> Setting {
    Setting(name, in: table, expecting: "true or false") { text in
      switch text.lowercased() {
      case "1", "true", "yes", "on": true
      case "0", "false", "no", "off", "": false
      default: nil
      }
    }
  }
}

extension Setting where Value == Double {
  package static let floor = share("floor", from: 0, example: "1%")
  package static let margin = share("margin", from: 0, example: "2%")
  package static let alpha = share("alpha", from: 0.000_001, example: "5%")
  /// The seconds that measuring may take.
  package static let timeLimit = timeLimit(of: "compare")
  /// The same of `benchdb record`.
  package static let recordTimeLimit = timeLimit(of: "record")
  /// The seconds for which the machine is watched.
  package static let seconds = Setting(
    "seconds", in: "doctor", expecting: "a number of seconds from 0.1 to 600"
  ) { text in Double(text).flatMap { (0.1...600).contains($0) ? $0 : nil } }
  package static let requireCoverage = share("require-coverage", from: 0, example: "80%")

  private static func timeLimit(of table: String) -> Setting {
    Setting("time-limit", in: table, expecting: "a time with its unit, such as 5min") { text in
      guard case .absolute(let nanoseconds, .nanoseconds) = try? Threshold(parsing: text),
        nanoseconds > 0
      else { return nil }
      return nanoseconds / 1e9
    }
  }

  private static func share(_ name: String, from low: Double, example: String) -> Setting {
    Setting(
      name, in: "compare",
      expecting: "a percentage up to 100% with its unit, such as \(example)"
    ) { text in
      guard case .relative(let share) = try? Threshold(parsing: text) else { return nil }
      return (low...1).contains(share) ? share : nil
    }
  }
}
