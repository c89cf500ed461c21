/// The identity of a benchmark: its suite, its name and the parameters it runs with.
package struct BenchmarkKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name with its suite, `suite/name`; the suite is everything before the first slash.
  package let id: String
  /// Parameter values as text, by parameter name.
  package let parameters: [String: String]

  package init(id: String, parameters: [String: String] = [:]) {
    self.id = id
    self.parameters = parameters
  }

  /// Everything before the first slash of `id`, or the whole `id` where there is none.
  package var suite: String { String(id.prefix { $0 != "/" }) }

  /// The id and the parameters sorted by name, such as `throughput/grouped records=100000`. What
  /// would read as something else is quoted: `s/p a="1 b=2"` is not `s/p a=1 b=2`.
  package var description: String {
    let pairs = parameters.sorted { $0.key < $1.key }
      .map { "\(Self.quoted($0.key))=\(Self.quoted($0.value))" }
    return ([id] + pairs).joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && !text.utf8.contains { Self.telling.contains($0) }
    guard !isPlain else { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  /// What takes a key apart: space, `=`, `"` and `\`.
  private static let telling: Set<UInt8> = [0x20, 0x3D, 0x22, 0x5C]

  package static func < (left: BenchmarkKey, right: BenchmarkKey) -> Bool {
    left.description < right.description
  }
}

/// The JSON is `{"id":"throughput/grouped","parameters":{"records":"100000"}}`; the key
/// `parameters` may be absent where there are none.
extension BenchmarkKey: Codable {
  private enum Key: String, CodingKey { case id, parameters }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      parameters: try values.decodeIfPresent([String: String].self, forKey: .parameters) ?? [:])
  }
}

/// The location of a benchmark's declaration, for annotations.
package struct SourceLocation: Sendable, Hashable, Codable {
  /// The path that the compiler gave, or one relative to the repository where that is known.
  package let file: String
  /// The number of the line, counted from 1.
  package let line: Int

  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// A worker's declaration of one of its benchmarks.
package struct BenchmarkDeclaration: Sendable, Hashable {
  package let key: BenchmarkKey
  /// Changes whenever the benchmark measures something else under the same name; series of
  /// different versions are not compared.
  package let version: Int
  /// Every metric it may report, gate metrics marked.
  package let metrics: [Metric]
  package let source: SourceLocation?
  /// The metrics that were declared as gate metrics and are none, since neither the declaration nor
  /// the unit says which values are better.
  package let undirected: [Metric]
  /// Whether its process can take turns with the other side's, and does nothing between two turns.
  package let takesTurns: Bool

  package init(
    key: BenchmarkKey, version: Int = 1, metrics: [Metric], source: SourceLocation? = nil,
    undirected: [Metric] = [], takesTurns: Bool = false
  ) {
    self.takesTurns = takesTurns
    self.key = key
    self.version = version
    self.metrics = metrics
    self.source = source
    self.undirected = undirected
  }
}

/// The JSON is `{"key":{…},"version":1,"metrics":[…],"source":{"file":…,"line":…},
/// "turns":true}`; version 1, an unknown source and turns that it does not take may be left out.
extension BenchmarkDeclaration: Codable {
  private enum Key: String, CodingKey { case key, version, metrics, source, turns }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let metrics = try values.decode([Metric].self, forKey: .metrics)
    let isGate = try values.decode([DeclaredGate].self, forKey: .metrics).map { $0.gate ?? false }
    self.init(
      key: try values.decode(BenchmarkKey.self, forKey: .key),
      version: try values.decodeIfPresent(Int.self, forKey: .version) ?? 1, metrics: metrics,
      source: try values.decodeIfPresent(SourceLocation.self, forKey: .source),
      undirected: zip(metrics, isGate).compactMap { $1 && !$0.isGate ? $0 : nil },
      takesTurns: try values.decodeIfPresent(Bool.self, forKey: .turns) ?? false)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(key, forKey: .key)
    try values.encode(version, forKey: .version)
    try values.encode(metrics, forKey: .metrics)
    try values.encodeIfPresent(source, forKey: .source)
    if takesTurns { try values.encode(true, forKey: .turns) }
  }

  /// Whether a metric was declared as one on which a commit can fail.
  private struct DeclaredGate: Decodable {
    let gate: Bool?
  }
}

/// The identity of a series: a benchmark and one of its metrics.
package struct SeriesKey: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  package let benchmark: BenchmarkKey
  package let metric: String

  package init(benchmark: BenchmarkKey, metric: String) {
    self.benchmark = benchmark
    self.metric = metric
  }

  /// The benchmark and the metric, such as `throughput/grouped records=100000 · wall`.
  package var description: String { "\(benchmark) · \(metric)" }

  package static func < (left: SeriesKey, right: SeriesKey) -> Bool {
    (left.benchmark, left.metric) < (right.benchmark, right.metric)
  }
}
