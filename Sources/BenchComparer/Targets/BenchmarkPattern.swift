package import BenchModel

/// Names benchmarks by their text, `memory/stream records=*`: a star stands for any characters, and
/// nothing else has a meaning.
package struct BenchmarkPattern: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as the user wrote it.
  package let description: String
  /// What stands between the stars; one more than there are.
  private let pieces: [Substring]

  package init(_ text: String) {
    description = text
    pieces = text.split(separator: "*", omittingEmptySubsequences: false)
  }

  /// Everything before the first slash; a star may stand in it.
  package var suite: String { String(description.prefix { $0 != "/" }) }

  /// What the stars stand for in a benchmark's text, from the left, each for as little as possible;
  /// `nil` where the benchmark is another.
  package func stars(in benchmark: BenchmarkKey) -> [String]? {
    let text = benchmark.description[...]
    guard let first = pieces.first, text.hasPrefix(first) else { return nil }
    return Self.stars(in: text.dropFirst(first.count), pieces.dropFirst())
  }

  package func fits(_ benchmark: BenchmarkKey) -> Bool { stars(in: benchmark) != nil }

  /// The pattern with its stars replaced from the left; stars that are left over stay.
  package func filled(with stars: [String]) -> BenchmarkPattern {
    var stars = stars[...]
    var text = String(pieces[0])
    for piece in pieces.dropFirst() { text += (stars.popFirst() ?? "*") + piece }
    return BenchmarkPattern(text)
  }

  /// Tries every position of the next piece, the nearest first: what a star stands for may hold the
  /// piece itself.
  private static func stars(
    in text: Substring, _ pieces: ArraySlice<Substring>
  ) -> [String]? {
    guard let piece = pieces.first else { return text.isEmpty ? [] : nil }
    if pieces.count == 1 {
      return text.hasSuffix(piece) ? [String(text.dropLast(piece.count))] : nil
    }
    var end = text.startIndex
    while true {
      let rest = text[end...]
      if rest.hasPrefix(piece),
        let others = stars(in: rest.dropFirst(piece.count), pieces.dropFirst())
      {
        return [String(text[..<end])] + others
      }
      guard end < text.endIndex else { return nil }
      end = text.index(after: end)
    }
  }
}
