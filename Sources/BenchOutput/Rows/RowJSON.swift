import BenchModel
import Foundation

/// Rows as JSON Lines.
enum RowJSON {
  private static let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  static func header(_ columns: [String]) -> String {
    line(Header(columns: columns))
  }

  static func line(_ row: [SQLValue]) -> String { line(row.map(Field.init)) }

  private static func line(_ value: some Encodable) -> String {
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n" } catch {
      preconditionFailure("fields hold nothing that JSON can't: \(error)")
    }
  }

  private struct Header: Encodable {
    let schemaVersion = JSONDocument.schemaVersion
    let kind = "rows"
    let columns: [String]
  }

  /// A number that JSON can't hold is null; bytes are hexadecimal text.
  private struct Field: Encodable {
    let value: SQLValue

    init(_ value: SQLValue) { self.value = value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .integer(let value): try container.encode(value)
      case .real(let value) where value.isFinite: try container.encode(value)
      case .null, .real: try container.encodeNil()
      case .text, .blob: try container.encode(value.plainText)
      }
    }
  }
}
