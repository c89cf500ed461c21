internal import BenchModel
internal import TextCoding

/// The limits of a line, so that a hostile file causes an error instead of filling the machine's
/// memory.
enum InterchangeLimits {
  /// The most bytes of a line, for some four million samples.
  static let line = 64 << 20
  /// The deepest nesting of objects and arrays; benchdb's own lines need four levels.
  static let depth = 32
  /// The most samples of one line.
  static let values = MetricSamples.limit
  /// The most bytes of a name, such as that of a benchmark or a session.
  static let name = TextLimit.bytes
  /// The most parameters of a benchmark, and keys of a line that are remembered.
  static let members = 1024
}
