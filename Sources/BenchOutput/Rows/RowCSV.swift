import BenchModel
import TextCoding

/// Rows as comma-separated values (RFC 4180).
enum RowCSV {
  static func line(_ row: [SQLValue]) -> String {
    row.map(field).joined(separator: ",") + "\r\n"
  }

  /// Null is an empty field, and an empty text a quoted one, so that they stay apart.
  private static func field(_ value: SQLValue) -> String {
    if case .null = value { return "" }
    let text = value.plainText
    return text.isEmpty ? CSVText.quoted(text) : CSVText.field(text)
  }
}
