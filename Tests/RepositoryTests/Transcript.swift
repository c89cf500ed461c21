import Foundation

/// What a Markdown document lets a test do: files to write and commands to run.
///
/// A fenced block belongs to the comment in the line before it. `<!-- file: NAME -->` makes it a
/// file; `<!-- run status=N -->` (`<!-- run -->` for 0) makes it a terminal session whose lines `$
/// benchdb …` are run and whose other lines are what they print.
struct Transcript {
  struct Step {
    let command: String
    let status: Int32
    let output: [String]
    /// Counted from 1.
    let line: Int

    /// The command's words; double quotes keep spaces together, as in a shell.
    var words: [String] {
      command.matches(of: /"([^"]*)"|\S+/).map { String($0.output.1 ?? $0.output.0) }
    }
  }

  private(set) var files: [String: String] = [:]
  private(set) var steps: [Step] = []

  init(of markdown: String) {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (index, line) in lines.enumerated() where index + 1 < lines.count {
      guard line.hasPrefix("<!-- "), lines[index + 1].hasPrefix("```") else { continue }
      let body = lines[(index + 2)...].prefix { $0 != "```" }
      if let match = line.wholeMatch(of: /<!-- file: (\S+) -->/) {
        files[String(match.output.1)] = body.joined(separator: "\n") + "\n"
      } else if let match = line.wholeMatch(of: /<!-- run(?: status=(\d+))? -->/) {
        let status = match.output.1.flatMap { Int32($0) } ?? 0
        steps += Transcript.steps(body, status: status, firstLine: index + 3)
      }
    }
  }

  /// Every command of a block but its last ends with 0; the status is the last one's.
  private static func steps(
    _ body: ArraySlice<String>, status: Int32, firstLine: Int
  ) -> [Step] {
    let starts = body.indices.filter { body[$0].hasPrefix("$ ") }
    return starts.enumerated().map { number, start in
      let isLast = number + 1 == starts.count
      let end = isLast ? body.endIndex : starts[number + 1]
      return Step(
        command: String(body[start].dropFirst(2)), status: isLast ? status : 0,
        output: Array(body[(start + 1)..<end]), line: firstLine + start - body.startIndex)
    }
  }
}

/// Compares a transcript with what was really printed, on words.
///
/// Numbers, hashes and units of measure are equal to any other; `…` stands for any number of
/// words, and on a line of its own for any number of lines. Blank lines and the width of the gaps
/// between words do not count.
enum TranscriptMatcher {
  /// The words of a line.
  private typealias Line = [String]

  static func matches(expected: [String], actual: [String]) -> Bool {
    glob(lines(expected), lines(actual), wild: ["…"], areEqual: lineMatches)
  }

  private static func lineMatches(expected: Line, actual: Line) -> Bool {
    glob(expected[...], actual[...], wild: "…", areEqual: ==)
  }

  /// Whether `pattern` matches all of `items`, a wild element matching any run of them.
  private static func glob<Item: Equatable>(
    _ pattern: ArraySlice<Item>, _ items: ArraySlice<Item>, wild: Item,
    areEqual: (Item, Item) -> Bool
  ) -> Bool {
    guard let first = pattern.first else { return items.isEmpty }
    let rest = pattern.dropFirst()
    if first == wild {
      return (items.startIndex...items.endIndex).contains {
        glob(rest, items[$0...], wild: wild, areEqual: areEqual)
      }
    }
    guard let item = items.first, areEqual(first, item) else { return false }
    return glob(rest, items.dropFirst(), wild: wild, areEqual: areEqual)
  }

  private static func lines(_ texts: [String]) -> ArraySlice<Line> {
    texts.map(words).filter { !$0.isEmpty }[...]
  }

  private static let units: Set<String> = [
    "ns", "µs", "ms", "s", "min", "h", "B", "KiB", "MiB", "GiB", "kB", "MB", "GB",
  ]

  private static func words(_ line: String) -> Line {
    line.replacing(/\b[0-9a-f]{7,64}\b/, with: "0")
      .replacing(/[+−-]?\d+(?:[.,:–]\d+)*/, with: "0")
      .split(separator: /\s+/).map(String.init)
      .map { units.contains($0) ? "unit" : $0 }
  }
}
