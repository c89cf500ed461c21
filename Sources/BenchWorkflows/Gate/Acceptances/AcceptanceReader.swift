import BenchModel
import BenchOutput
import Foundation
import TOMLKit
import TextCoding

/// Reads `benchdb.accepted.toml`. A gate that is opened by a file must not be opened by a mistake
/// in it: every key is known or refused.
struct AcceptanceReader {
  /// `benchdb.accepted.toml`, or with the commit that has it.
  private let origin: String

  init(origin: String = AcceptanceFile.name) { self.origin = origin }

  /// - Throws: `CommandFailure` with the file, the entry and what is expected there.
  func read(_ text: String) throws -> [Acceptance] {
    let root: TOMLTable
    do { root = try TOMLTable(string: text) } catch let error as TOMLParseError {
      let location = error.source.begin
      throw CommandFailure(
        "\(origin):\(location.line):\(location.column): not valid TOML: \(error.description).")
    }
    if let stranger = root.keys.first(where: { $0 != "accepted" }) {
      throw CommandFailure(
        "\(origin): unknown key \(Printable.text(stranger)); it holds entries headed [[accepted]].")
    }
    guard let value = root["accepted"] else { return [] }
    guard let entries = value.array else {
      throw CommandFailure("\(origin): expected entries, each headed [[accepted]].")
    }
    return try entries.enumerated().map { number, entry in
      guard let table = entry.table else {
        throw CommandFailure("\(origin): expected entries, each headed [[accepted]].")
      }
      return try Entry(table: table, location: "\(origin), entry \(number + 1)").acceptance
    }
  }
}

private struct Entry {
  let table: TOMLTable
  let location: String

  private static let keys: Set<String> = [
    "benchmark", "parameters", "metric", "up-to", "reason", "by", "accepted", "until", "from",
    "to", "id",
  ]

  var acceptance: Acceptance {
    get throws {
      if let stranger = table.keys.first(where: { !Self.keys.contains($0) }) {
        let meant = Suggestion.closest(to: stranger, in: Self.keys.sorted())
        throw CommandFailure(
          "\(location): unknown key \(Printable.text(stranger))."
            + (meant.map { " Did you mean '\($0)'?" } ?? ""))
      }
      guard let id = UUID(uuidString: try text("id")) else { throw wrong("id", "a UUID") }
      let benchmark = BenchmarkKey(id: try text("benchmark"), parameters: try parameters)
      return Acceptance(
        id: id, series: SeriesKey(benchmark: benchmark, metric: try text("metric")),
        from: try hash("from"), to: try hash("to"), size: try size,
        reason: table["reason"]?.string ?? "", author: try text("by"),
        accepted: try day("accepted"), until: table["until"] == nil ? nil : try day("until"))
    }
  }

  private var parameters: [String: String] {
    get throws {
      guard let value = table["parameters"] else { return [:] }
      guard let parameters = value.table else { throw wrong("parameters", "a table of strings") }
      var result: [String: String] = [:]
      for (name, value) in parameters {
        guard let text = value.string else { throw wrong("parameters", "a table of strings") }
        result[name] = text
      }
      return result
    }
  }

  private var size: Double {
    get throws {
      if table["up-to"]?.string == AcceptanceFile.anySize { return Acceptance.unlimited }
      guard case .relative(let size)? = try? Threshold(parsing: text("up-to")) else {
        throw wrong("up-to", "a percentage with its unit, such as \"9.20%\", or \"any\"")
      }
      return Acceptance.written(size)
    }
  }

  private func day(_ key: String) throws -> Day {
    guard let day = Day(try text(key)) else {
      throw wrong(key, "a day in quotation marks, such as \"2026-12-31\"")
    }
    return day
  }

  private func hash(_ key: String) throws -> String {
    let text = try text(key)
    guard Commit.isHash(text) else { throw wrong(key, "a commit's whole hash") }
    return text.lowercased()
  }

  private func text(_ key: String) throws -> String {
    guard let text = table[key]?.string, !text.isEmpty else {
      throw wrong(key, "a string that is not empty")
    }
    return text
  }

  private func wrong(_ key: String, _ expected: String) -> CommandFailure {
    CommandFailure("\(location): \(key): expected \(expected).")
  }
}
