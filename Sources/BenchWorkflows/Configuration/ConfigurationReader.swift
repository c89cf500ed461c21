import BenchModel
import BenchOutput
import Foundation
import TOMLKit
import TextCoding

/// Reads `benchdb.toml`: every key is known or refused, and a refusal says what was probably meant.
package struct ConfigurationReader {
  private let fileName: String

  package init(fileName: String = "benchdb.toml") { self.fileName = fileName }

  /// - Throws: `CommandFailure` with the file, the key and what is expected there.
  package func read(_ text: String) throws -> Configuration {
    let root: TOMLTable
    do {
      root = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let position = error.source.begin
      throw CommandFailure(
        "\(fileName):\(position.line):\(position.column): not valid TOML: \(error.description).")
    }
    var configuration = Configuration()
    for (key, value) in root { try read(key, value, into: &configuration) }
    return configuration
  }

  private func read(
    _ key: String, _ value: any TOMLValueConvertible, into configuration: inout Configuration
  ) throws {
    switch key {
    case "project":
      configuration.project = try string(value, at: "project")
    case "executable":
      guard let tables = value.array else {
        throw wrong("executable", expected: "tables, each headed [[executable]]")
      }
      configuration.executables = try tables.map { try executable($0) }
      try refuseDuplicates(configuration.executables)
    case "target":
      guard let tables = value.array else {
        throw wrong("target", expected: "tables, each headed [[target]]")
      }
      configuration.targets = try tables.map { try TargetReader(self).target($0) }
    case _ where Self.tables[key] != nil:
      guard let table = value.table else { throw wrong(key, expected: "a table [\(key)]") }
      for (name, value) in table {
        try readSetting(SettingKey(table: key, name: name), value, into: &configuration)
      }
    default:
      try readSetting(SettingKey(table: nil, name: key), value, into: &configuration)
    }
  }

  private func readSetting(
    _ key: SettingKey, _ value: any TOMLValueConvertible, into configuration: inout Configuration
  ) throws {
    let known = key.table.map { Self.tables[$0] ?? [] } ?? Self.topLevel
    guard known.contains(key.name) else { throw unknown(key, known: known) }
    if Self.texts.contains(key.name) {
      configuration.settings[key] = try string(value, at: "\(key)")
      return
    }
    guard let text = scalar(value) else {
      throw wrong("\(key)", expected: "a single value")
    }
    configuration.settings[key] = text
  }

  private func executable(_ value: any TOMLValueConvertible) throws -> ExecutableConfiguration {
    guard let table = value.table else {
      throw wrong("executable", expected: "tables, each headed [[executable]]")
    }
    for key in table.keys where !Self.executableKeys.contains(key) {
      throw unknown(SettingKey(table: "[executable]", name: key), known: Self.executableKeys)
    }
    guard let path = try table["path"].map({ try string($0, at: "[[executable]] path") }) else {
      throw wrong("[[executable]]", expected: "a key 'path' that names the built executable")
    }
    let name = try table["name"].map { try string($0, at: "[[executable]] name") }
    return ExecutableConfiguration(
      name: name ?? URL(filePath: path).lastPathComponent,
      build: try table["build"].map { try strings($0, at: "[[executable]] build") } ?? [],
      path: path,
      timeout: try table["timeout"].map(timeout) ?? ExecutableConfiguration.defaultTimeout,
      environment: try table["environment"].map(environment) ?? [:],
      benchmarks: try table["benchmarks"].map {
        try paths($0, at: "benchmarks", such: "Sources/Benchmarks", of: "folders")
      } ?? [],
      reads: try table["reads"].map {
        try paths($0, at: "reads", such: "Tests/Fixtures", of: "files and folders")
      } ?? [])
  }

  /// Paths inside the repository, which have a meaning in any commit. `kinds` is what may lie
  /// there.
  private func paths(
    _ value: any TOMLValueConvertible, at name: String, such example: String, of kinds: String
  ) throws -> [String] {
    let key = "[[executable]] \(name)"
    return try strings(value, at: key, such: "[\"\(example)\"]").map { path in
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      let steps = path.hasSuffix("/") ? parts.dropLast() : parts[...]
      guard !steps.contains(where: { ["", ".", "..", ".git"].contains($0) }) else {
        throw wrong(
          key, expected: "\(kinds) below the root of the repository, such as \"\(example)\"")
      }
      return steps.joined(separator: "/")
    }
  }

  private func timeout(_ value: any TOMLValueConvertible) throws -> Double {
    guard let text = value.string,
      case .absolute(let nanoseconds, .nanoseconds) = try? Threshold(parsing: text),
      nanoseconds > 0
    else {
      throw wrong(
        "[[executable]] timeout", expected: "a time with its unit, such as \"120s\"")
    }
    return nanoseconds / 1e9
  }

  private func environment(_ value: any TOMLValueConvertible) throws -> [String: String] {
    guard let table = value.table else {
      throw wrong("[[executable]] environment", expected: "a table of strings")
    }
    var result: [String: String] = [:]
    for (name, value) in table {
      result[name] = try string(value, at: "[[executable]] environment, \(name)")
    }
    return result
  }

  private func refuseDuplicates(_ executables: [ExecutableConfiguration]) throws {
    var seen: Set<String> = []
    for executable in executables where !seen.insert(executable.name).inserted {
      throw CommandFailure(
        "\(fileName): two executables are called '\(executable.name)'; give one another 'name'.")
    }
  }
}

extension ConfigurationReader {
  private static let topLevel: Set<String> = [
    "project", "executable", "db", "color", "commit-url",
  ]

  /// Every setting there is, as it stands in the file.
  package static let settings: [SettingKey] =
    ["db", "color", "commit-url"].map { SettingKey(table: nil, name: $0) }
    + tables.flatMap { table, names in names.map { SettingKey(table: table, name: $0) } }

  /// Paths and names: a number there is a slip, which no later check would notice.
  private static let texts: Set<String> = [
    "db", "commit-url", "profile", "suite", "filter", "branch", "since", "comment",
  ]

  private static let executableKeys: Set<String> = [
    "name", "build", "path", "timeout", "environment", "benchmarks", "reads",
  ]
  /// The keys of every table, which are the names of the settings that its command has.
  private static let tables: [String: Set<String>] = [
    "record": [
      "suite", "filter", "profile", "seed", "processes", "counter", "time-limit",
    ],
    "compare": [
      "floor", "margin", "alpha", "fail-on", "require-coverage", "require-conclusive", "exit-zero",
      "judge-identical", "all", "confirm", "rounds", "time-limit", "sessions", "layouts",
      "one-layout", "bench-from", "exact-across-machines", "comment",
    ],
    "check": ["require-conclusive", "exit-zero"],
    "doctor": ["seconds"],
    "trend": ["branch", "since", "last", "suite", "filter"],
  ]

  func scalar(_ value: any TOMLValueConvertible) -> String? {
    switch value.type {
    case .string: value.string
    case .int: value.int.map(String.init)
    case .double: value.double.map { String($0) }
    case .bool: value.bool.map { String($0) }
    default: nil
    }
  }

  func string(_ value: any TOMLValueConvertible, at key: String) throws -> String {
    guard let string = value.string, !string.isEmpty, !string.contains("\0") else {
      throw wrong(key, expected: "a string that is not empty")
    }
    return string
  }

  private func strings(
    _ value: any TOMLValueConvertible, at key: String, such example: String = #"["swift", "build"]"#
  ) throws -> [String] {
    guard let array = value.array, !array.isEmpty else {
      throw wrong(key, expected: "a list of strings, such as \(example)")
    }
    return try array.map { try string($0, at: key) }
  }

  func wrong(_ key: String, expected: String) -> CommandFailure {
    CommandFailure("\(fileName): \(key): expected \(expected).")
  }

  func unknown(_ key: SettingKey, known: Set<String>) -> CommandFailure {
    let tables = key.table == nil ? Set(Self.tables.keys) : []
    let candidates = known.union(tables).sorted()
    let meant = Suggestion.closest(to: key.name, in: candidates).map { " Did you mean '\($0)'?" }
    let list = candidates.joined(separator: ", ")
    return CommandFailure("\(fileName): unknown key \(key).\(meant ?? " Known here: \(list).")")
  }
}
