import ArgumentParser
import BenchWorkflows

/// The part of history that is looked at, and how it is written: the same for every command that
/// looks at it.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Follow the first parents of this branch or revision (default: what is checked out).",
      valueName: "revision"))
  var branch: String?

  @Option(
    help: ArgumentHelp(
      "Only commits from this one on: a revision, or a day such as 2026-01-31.",
      valueName: "revision or day"))
  var since: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only so many of the latest measured commits.", valueName: "count"))
  var last: String?

  @Option(help: ArgumentHelp("Only benchmarks of this suite; may be repeated.", valueName: "suite"))
  var suite: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only series whose name, parameters and metric match this regular expression.",
      valueName: "regex"))
  var filter: String?

  @Flag(help: "Every series and event: steady and ungated series and outliers included.")
  var all = false

  @Option(help: ArgumentHelp("text, json, csv or markdown.", valueName: "format"))
  var format: HistoryFormat = .text

  var selection: HistorySelection {
    HistorySelection(
      branch: branch, since: since, last: last, suite: suite, filter: filter, all: all)
  }
}
