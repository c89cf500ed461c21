package import BenchModel
import Foundation
import TextCoding

/// `benchdb show RUN` for a terminal: what was measured, where, what failed, and every series in a
/// line.
package enum RunText {
  package static func text(
    _ run: RunDetail, showsAll: Bool = false, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    let sections = [
      heading(run.summary, width, style),
      FailureText.lines(run.failures, width: width, style: style),
      table(run, showsAll).map { $0.lines(width: width, style: style) } ?? [],
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private static func heading(
    _ run: RunSummary, _ width: Int, _ style: TerminalStyle
  ) -> [String] {
    let commit = "commit     \(run.revision.title)  "
    let subject = Elision.middle(
      Printable.excerpt(run.revision.commit.subject), width: width - DisplayWidth.of(commit))
    return [
      style.text("run \(run.id.text)", .heading),
      subject.isEmpty ? "commit     \(run.revision.title)" : commit + subject,
      "started    \(Timestamp.minute(run.started)) UTC",
      "status     " + style.text(run.status.rawValue, run.status.role),
      "purpose    \(run.purpose.rawValue), profile \(Printable.text(run.profile))",
      "processes  \(run.processes.text)",
      "machine    \(Printable.text(run.machine?.summary ?? "–"))",
    ]
  }

  private static func table(_ run: RunDetail, _ showsAll: Bool) -> TextTable? {
    let gates = run.series.filter(\.metric.isGate)
    let shown = showsAll || gates.isEmpty ? run.series : gates
    guard !shown.isEmpty else { return nil }
    var table = TextTable(columns: [
      .init("series", fitting: .elidable(minimum: 16)),
      .init("value", alignment: .right), .init("spread", alignment: .right),
      .init("processes", alignment: .right), .init("distribution", fitting: .droppable),
    ])
    for entry in shown {
      let spread = ProcessSpread(entry)
      table.add([
        .init(entry.key.description, entry.metric.isGate ? nil : .dim),
        .init(spread.median.map { Quantity($0, entry.metric.unit).description } ?? "–"),
        .init(spread.relative.map { "±\(Percentage.text($0))" } ?? "–"),
        .init(Digits.grouped(entry.processes.count)),
        .init(DotStrip.histogram(spread.statistics, width: 12), .dim),
      ])
    }
    if shown.count < run.series.count {
      table.add(
        line: .init("⋯ \(run.series.count - shown.count) more that never gate (--all)", .dim))
    }
    return table
  }
}

/// Processes that did not complete, in words.
package enum FailureText {
  /// `throughput/grouped failed: timed out after 30 s`, then the end of its standard error,
  /// indented.
  package static func lines(
    _ failures: [ProcessFailure], width: Int, style: TerminalStyle, errorLines: Int = 5
  ) -> [String] {
    failures.flatMap { failure -> [String] in
      let title = "\(failure.benchmark) failed: \(text(failure.outcome))"
      let tail = telling(failure.standardError).suffix(errorLines)
      return Elision.wrap(Printable.excerpt(title), width: width).map { style.text($0, .bad) }
        + tail.map { style.text("  | " + Printable.excerpt(String($0)), .dim) }
    }
  }

  /// The lines before a stack trace, which say what happened; it itself says only where, and is
  /// kept with the process.
  private static func telling(_ standardError: String) -> [Substring] {
    let lines = standardError.split(whereSeparator: \.isNewline)
    let trace = lines.firstIndex {
      $0.hasPrefix("Current stack trace:") || $0.hasPrefix("Stack dump:")
    }
    return Array(lines[..<(trace ?? lines.endIndex)])
  }

  /// Why a process gave nothing.
  package static func text(_ outcome: ProcessOutcome) -> String {
    switch outcome {
    case .completed: "completed"
    case .failed(let reason, let detail): detail.isEmpty ? reason : "\(reason): \(detail)"
    case .crashed(let description): description
    case .timedOut(let seconds): "timed out after \(WaitingTime.text(seconds: seconds))"
    case .protocolViolation(let description): description
    }
  }
}

extension UUID {
  /// Lower-case, as benchdb writes identifiers everywhere.
  var text: String { uuidString.lowercased() }

  /// The first eight digits: enough to name a run among those of a project.
  var short: String { String(text.prefix(8)) }
}
