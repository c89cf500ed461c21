/// The limits of a line, so that a hostile file causes an error instead of filling the machine's
/// memory.
enum InterchangeLimits {
  /// The most bytes of a line, for some four million samples.
  static let line = 64 << 20
  /// The deepest nesting of objects and arrays; benchdb's own lines need four levels.
  static let depth = 32
  /// The most samples of one line.
  static let values = 4 << 20
  /// The most bytes of a name, such as that of a benchmark or a session.
  static let name = 4096
  /// The most parameters and metrics of a benchmark, and parents of a commit.
  static let members = 1024
}
