import BenchModel

/// Rows in aligned columns; numbers to the right.
enum RowText {
  static func text(
    columns: [String], rows: [[SQLValue]], width: Int, style: TerminalStyle
  ) -> String {
    var table = TextTable(
      columns: columns.indices.map { index in
        .init(columns[index], alignment: rows.allSatisfy { $0[index].isNumber } ? .right : .left)
      })
    table.indent = 0
    for row in rows { table.add(row.map { .init($0.plainText, $0 == .null ? .dim : nil) }) }
    // Rows are data: nothing of them is elided, however narrow the terminal is.
    return table.lines(width: .max, style: style).joined(separator: "\n") + "\n"
  }
}

extension SQLValue {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .real, .null: true
    case .text, .blob: false
    }
  }

  /// The value as people read it: `null`, numbers in full, bytes as hexadecimal digits.
  var plainText: String {
    switch self {
    case .null: "null"
    case .integer(let value): String(value)
    case .real(let value): String(value)
    case .text(let text): text
    case .blob(let bytes): hexadecimal(bytes)
    }
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
