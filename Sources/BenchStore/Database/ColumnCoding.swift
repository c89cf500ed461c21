internal import BenchModel
internal import Foundation

/// The representation of the model's values in columns.
enum ColumnCoding {
  /// The UUID in lower case, which the schema requires.
  static func text(_ uuid: UUID) -> String { uuid.uuidString.lowercased() }

  /// The date in whole milliseconds since 1970.
  static func milliseconds(_ date: Date) throws -> SQLArgument {
    let value = (date.timeIntervalSince1970 * 1000).rounded()
    guard let milliseconds = Int64(exactly: value) else {
      throw StoreError.unstorable(what: "the date \(date)", detail: "it is out of range")
    }
    return .integer(milliseconds)
  }

  /// The same of a date that may be unknown, which is null.
  static func milliseconds(_ date: Date?) throws -> SQLArgument {
    guard let date else { return .null }
    return try milliseconds(date)
  }

  static func finite(_ value: Double, _ what: @autoclosure () -> String) throws -> SQLArgument {
    guard value.isFinite else {
      throw StoreError.unstorable(what: what(), detail: "\(value) is not a finite number")
    }
    return .real(value)
  }

  /// The value as JSON with sorted keys, so that equal values are equal texts.
  static func json(_ value: some Encodable, _ what: @autoclosure () -> String) throws -> String {
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch let error as EncodingError {
      throw StoreError.unstorable(what: what(), detail: "\(error)")
    }
  }

  /// The value that `json` encoded.
  static func decode<Value: Decodable>(_ type: Value.Type, fromJSON text: String) throws -> Value {
    try decoder.decode(type, from: Data(text.utf8))
  }

  // Foundation's coders are `Sendable` and keep no state between calls, so all rows share them.
  private static let decoder = JSONDecoder()
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// The hash of the uncommitted changes; the empty text for a clean tree.
  static func differenceHash(_ revision: Revision) -> SQLArgument {
    .text(revision.differenceHash ?? "")
  }
}
