internal import BenchModel
internal import Foundation

/// The representation of benchdb's own nested objects in a line: keys sorted, times to the
/// millisecond.
enum InterchangeCoding {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    Array(try encoder.encode(value))
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, _ fields: LineFields, _ key: LineKey
  ) throws(LineProblem) -> Value {
    do {
      let bytes = Data(fields.raw(key))
      guard key == .run else { return try decoder.decode(type, from: bytes) }
      let text = EarlierNames.run(String(decoding: bytes, as: UTF8.self))
      return try decoder.decode(type, from: Data(text.utf8))
    } catch {
      throw .wrongValue(
        key: key.text, expected: "what benchdb export writes there; \(problem(error))")
    }
  }

  /// The problem of a nested object, without the decoder's own words for it.
  private static func problem(_ error: any Error) -> String {
    let path: [any CodingKey]
    switch error {
    case DecodingError.keyNotFound(let missing, _): return "it has no '\(missing.stringValue)'"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      path = context.codingPath
    default: path = []
    }
    let location = path.map(\.stringValue).joined(separator: ".")
    return location.isEmpty ? "it has another value" : "its '\(location)' has another value"
  }

  // Foundation's coders are `Sendable` and keep no state between calls, so all lines share them.
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(InterchangeTimestamp.text(date))
    }
    return encoder
  }()

  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { try date(from: $0) }
    return decoder
  }()

  private static func date(from decoder: any Decoder) throws -> Date {
    let container = try decoder.singleValueContainer()
    var text = try container.decode(String.self)
    let milliseconds = text.withUTF8 {
      InterchangeTimestamp.milliseconds(UnsafeRawBufferPointer($0))
    }
    guard let milliseconds else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time")
    }
    return Date(milliseconds: milliseconds)
  }
}

/// The declaration of a benchmark on its first line of an export.
struct DeclaredMetrics: Codable {
  let metrics: [Metric]
  let source: SourceLocation?
}

extension Date {
  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
