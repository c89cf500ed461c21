package import BenchModel
import Foundation
import TextCoding

/// A line of commits in words.
package enum LineText {
  /// `120 measured commits of main, 2026-01-02 to 2026-11-23`
  package static func heading(_ line: CommitLine) -> String {
    let count = English.count(line.commits.count, "measured commit")
    let name = line.name.isEmpty ? "" : " of \(Printable.text(line.name))"
    guard let first = line.commits.first, let last = line.commits.last else {
      return count + name
    }
    return "\(count)\(name), \(days(from: first.commit.committed, to: last.commit.committed))"
  }

  /// `2026-01-02 to 2026-11-23`
  private static func days(from first: Date?, to last: Date?) -> String {
    switch (first, last) {
    case (let first?, let last?): "\(Timestamp.day(first)) to \(Timestamp.day(last))"
    case (nil, let last?): "from an unknown date to \(Timestamp.day(last))"
    case (let first?, nil): "from \(Timestamp.day(first)) to an unknown date"
    case (nil, nil): "dates unknown"
    }
  }

  /// What a reader should know of the order.
  package static func footnotes(_ line: CommitLine) -> [String] {
    var notes: [String] = []
    switch line.order {
    case .repository, .unknown: break
    case .parents: notes.append("the order is that of the parents stored with the results")
    case .dates:
      notes.append(
        "the order is that of the commits' dates, since neither a repository nor stored parents "
          + "tell it")
    }
    if line.order == .unknown {
      notes.append(
        "neither a repository nor stored parents nor dates tell the order of these commits: it is "
          + "that of their hashes, so a step may lie anywhere")
    }
    if !line.elsewhere.isEmpty {
      let names = line.elsewhere.prefix(5).map(\.shortHash).joined(separator: ", ")
      let more = line.elsewhere.count > 5 ? ", …" : ""
      notes.append(
        "\(English.count(line.elsewhere.count, "measured commit")) "
          + "\(line.elsewhere.count == 1 ? "is" : "are") not on this line: \(names)\(more)")
    }
    return notes
  }
}
