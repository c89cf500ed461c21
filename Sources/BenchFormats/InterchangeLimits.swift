/// What a line may ask for, so that a hostile file costs an error and not the machine's memory.
enum InterchangeLimits {
  /// Bytes of a line: some four million samples.
  static let line = 64 << 20
  /// Objects and arrays within one another; benchdb's own lines need four.
  static let depth = 32
  /// Samples of one line.
  static let values = 4 << 20
  /// Bytes of a name: of a benchmark, a metric, a session, …
  static let name = 4096
  /// Parameters of a benchmark, parents of a commit and metrics of a benchmark.
  static let members = 1024
}
