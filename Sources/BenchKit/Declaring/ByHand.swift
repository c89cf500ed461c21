import BenchModel
import Foundation

/// The behaviour of the executable when a person starts it.
struct ByHand {
  let catalogue: BenchmarkCatalogue

  /// - Returns: the exit status: 0, 1 when a benchmark failed, or 64 for invalid arguments.
  func run(_ arguments: [String]) -> Int32 {
    switch arguments.first {
    case "--help", "-h":
      print(help)
      return 0
    case "list" where arguments.count == 1:
      for benchmark in catalogue.benchmarks { print(benchmark.declaration.key) }
      return 0
    case let option? where option.hasPrefix("-"):
      return refuse("there is no option '\(option)'")
    default:
      return arguments.count > 1
        ? refuse("one filter at most, and \(arguments.count) words were given")
        : measure(filter: arguments.first)
    }
  }

  private var help: String {
    """
    Benchmarks made with BenchKit.

      \(executable)             measure every benchmark quickly
      \(executable) FILTER      only those whose name contains FILTER
      \(executable) list        their names
      \(executable) --help      this text

    These values come from one process and are not stored. `benchdb record` measures in
    fresh processes, stores every sample, and `benchdb compare` tells commits apart.
    """
  }

  private var executable: String {
    URL(fileURLWithPath: CommandLine.arguments.first ?? "benchmarks").lastPathComponent
  }

  private func refuse(_ complaint: String) -> Int32 {
    standardError("error: \(complaint); see \(executable) --help")
    return 64
  }

  private func measure(filter: String?) -> Int32 {
    let chosen = catalogue.benchmarks.filter { benchmark in
      filter.map { benchmark.declaration.key.description.contains($0) } ?? true
    }
    guard !chosen.isEmpty else {
      return refuse("no benchmark's name contains '\(filter ?? "")'")
    }
    let names = chosen.map(\.declaration.key.description)
    let table = QuickTable(width: names.map(\.count).max() ?? 0)
    print(table.header)
    var failures = 0
    for benchmark in chosen {
      let row = QuickRow(measuring: benchmark)
      if row.failure != nil { failures += 1 }
      print(table.line(row))
    }
    print(
      "\nOne process, not stored. `benchdb record` measures in fresh ones and keeps every sample.")
    return failures == 0 ? 0 : 1
  }
}
