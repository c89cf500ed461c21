package import BenchFormats
import BenchModel
import BenchOutput
import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// The import of one file, and what is said of it.
package struct FileImport {
  let name: String
  let console: Console
  let skipsBad: Bool
  let isDryRun: Bool
  let shouldStop: () -> Bool
  private var bad: [FormatError] = []
  private var badCount = 0
  private var records = 0

  /// Bad lines that are named one by one.
  private static let namedLimit = 20

  package init(
    name: String, console: Console, skipsBad: Bool, isDryRun: Bool, shouldStop: @escaping () -> Bool
  ) {
    self.name = name
    self.console = console
    self.skipsBad = skipsBad
    self.isDryRun = isDryRun
    self.shouldStop = shouldStop
  }

  package mutating func run(_ lines: ReadingAhead, from file: String, into store: ResultsStore)
    throws
  {
    let result = try store.importing(isDryRun: isDryRun) { importer in
      Result { try add(all: lines, from: file, to: importer) }
    }
    erase()
    do {
      report(try result.get())
      note(lines.undirected)
    } catch let error as FormatError {
      let advice = error.isSkippable && !skipsBad ? "; --skip-bad leaves out such lines" : ""
      throw CommandFailure("\(error.description)\nnothing of this file was stored\(advice).")
    }
  }

  private mutating func add(
    all lines: ReadingAhead, from file: String, to importer: RecordImporter
  ) throws {
    while let line = lines.next() {
      do {
        try add(line, from: file, to: importer)
        records += 1
        if records % 10_000 == 0 { try advance() }
      } catch let error as FormatError {
        guard skipsBad, case .badLine = error, line.isReadable else { throw error }
        badCount += 1
        if bad.count < Self.namedLimit { bad.append(error) }
      }
    }
    try importer.add(lines.remainder)
  }

  /// What the database says against a line is the line's fault.
  private func add(
    _ line: ReadingAhead.Line, from file: String, to importer: RecordImporter
  ) throws {
    let record = try line.content.get()
    do { try importer.add(record) } catch {
      switch error {
      case .conflict(_, let detail), .unstorable(_, let detail):
        throw FormatError.badLine(file: file, line: line.number, problem: .refused(detail))
      default: throw error
      }
    }
  }

  private func advance() throws {
    if shouldStop() {
      throw CommandFailure(
        "interrupted; nothing of \(Printable.text(name)) was stored.", status: .interrupted)
    }
    if console.isErrorTerminal {
      Console.write(
        "\r\(Printable.text(name)): \(Digits.grouped(records)) lines", to: STDERR_FILENO,
        terminator: "\u{1B}[K")
    }
  }

  private func erase() {
    if console.isErrorTerminal, records >= 10_000 {
      Console.write(ProgressLine.erased, to: STDERR_FILENO, terminator: "")
    }
  }

  /// A file is told once, however many of its series it concerns.
  private func note(_ undirected: UndirectedSeries) {
    guard let first = undirected.first else { return }
    console.note(
      Printable.text(DirectionNote.text(first.key, unit: first.unit, count: undirected.count)))
  }

  private func report(_ counts: ImportCounts) {
    for error in bad { console.note(Printable.text(error.description)) }
    let skipped = badCount == 0 ? "" : ", \(English.count(badCount, "bad line")) left out"
    console.answer(
      "\(Printable.text(name)): \(English.count(records, "line")); "
        + "\(English.count(counts.processes, "new process", "new processes")) with "
        + "\(English.count(counts.measurements, "measurement")), "
        + (counts.acceptances == 0 ? "" : "\(English.count(counts.acceptances, "acceptance")), ")
        + "\(English.count(counts.unchanged, "line")) already stored\(skipped)"
        + (isDryRun ? " (nothing was stored: --dry-run)" : ""))
  }
}

extension FormatError {
  /// Whether it is about one line of several, and not about the file as a whole.
  fileprivate var isSkippable: Bool {
    switch self {
    case .badLine(_, _, .noHeader), .badLine(_, _, .otherVersion), .badLine(_, _, .compressed),
      .unreadable:
      false
    case .badLine: true
    }
  }
}
