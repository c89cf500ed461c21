/// Fields of comma-separated values (RFC 4180).
package enum CSVText {
  /// `text` in quotes where it needs them: where it has a comma, a quote or the end of a line.
  package static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    return needsQuotes ? quoted(text) : text
  }

  /// `text` in quotes, those within it doubled.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
