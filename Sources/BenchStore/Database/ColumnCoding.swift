internal import BenchModel
internal import Foundation

/// How values of the model look in a column.
enum ColumnCoding {
  /// Lower-case, as the schema says.
  static func text(_ uuid: UUID) -> String { uuid.uuidString.lowercased() }

  /// Whole milliseconds since 1970.
  static func milliseconds(_ date: Date) throws -> SQLArgument {
    let value = (date.timeIntervalSince1970 * 1000).rounded()
    guard let milliseconds = Int64(exactly: value) else {
      throw StoreError.unstorable(what: "the date \(date)", detail: "it is out of range")
    }
    return .integer(milliseconds)
  }

  static func finite(_ value: Double, _ what: @autoclosure () -> String) throws -> SQLArgument {
    guard value.isFinite else {
      throw StoreError.unstorable(what: what(), detail: "\(value) is not a finite number")
    }
    return .real(value)
  }

  /// Keys sorted, so that equal values are equal texts.
  static func json(_ value: some Encodable, _ what: @autoclosure () -> String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch let error as EncodingError {
      throw StoreError.unstorable(what: what(), detail: "\(error)")
    }
  }

  /// A clean tree is the empty text.
  static func differenceHash(_ revision: Revision) -> SQLArgument {
    .text(revision.differenceHash ?? "")
  }
}
