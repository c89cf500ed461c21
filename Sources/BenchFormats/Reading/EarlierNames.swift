internal import BenchModel

/// Names that lines of version 0.1.0 have for what has another name now, so that no export is lost.
/// What is written has the present names only.
enum EarlierNames {
  /// The key that these bytes spelled; `nil` for none.
  static func key(_ bytes: UnsafeRawBufferPointer) -> LineKey? {
    bytes.elementsEqual("sitting".utf8) ? .sessionFacts : nil
  }

  static func arm(_ name: String) -> RoundPosition.Arm? { name == "null" ? .control : nil }

  /// The present name of an outcome.
  static func outcome(_ name: String) -> String {
    name == "garbage" ? "protocol-violation" : name
  }

  /// The facts of a run, as JSON, with the present names of its profile. A quotation mark inside a
  /// text is escaped, so that only a name can match.
  static func run(_ text: String) -> String {
    text.replacing("\"sittings\":", with: "\"sessions\":")
  }
}
