package import BenchModel

/// A series or a benchmark as a person types it: without the dot, and with any white space.
package struct SeriesName {
  private let words: [String]

  package init(_ text: String) { words = Self.words(text) }

  package func names(_ series: SeriesKey) -> Bool {
    [series.description, series.benchmark.description, series.benchmark.id]
      .contains { Self.words($0) == words }
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0.isWhitespace || $0 == "·" }.map(String.init)
  }
}
