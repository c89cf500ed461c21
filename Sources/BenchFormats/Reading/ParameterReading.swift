internal import TextCoding

/// Reads the parameters of a benchmark: texts and truth values as they are written, and numbers in
/// one way, so that `1`, `1.0` and `1e0` are one.
enum ParameterReading {
  static func parameters(_ fields: LineFields) throws(LineProblem) -> [String: String] {
    guard let field = fields[.parameters] else { return [:] }
    guard field.kind == .object else { throw wrong }
    var cursor = JSONCursor(fields.bytes, at: field.range.lowerBound)
    var parameters: [String: String] = [:]
    var isFirst = true
    while let key = try cursor.nextMember(isFirst: &isFirst) {
      let name = JSONText.decode(fields.bytes, key)
      let value = try value(&cursor)
      guard parameters.count < InterchangeLimits.members,
        name.utf8.count + value.utf8.count <= InterchangeLimits.name
      else { throw wrong }
      guard parameters.updateValue(value, forKey: name) == nil else {
        throw .repeated(key: "parameters.\(name)")
      }
    }
    return parameters
  }

  private static func value(_ cursor: inout JSONCursor) throws(LineProblem) -> String {
    let start = cursor.position
    if cursor.next == UInt8(ascii: "\"") {
      return JSONText.decode(cursor.bytes, try cursor.skipText())
    }
    switch try cursor.skipValue() {
    case .number:
      return number(String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self))
    case .flag: return String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
    default: throw wrong
    }
  }

  /// A number without a fraction that is zero and without an exponent where its digits do as well.
  /// Whole numbers are kept as they are, however many digits they have.
  private static func number(_ text: String) -> String {
    guard text.contains(where: { ".eE".contains($0) }), let value = Double(text), value.isFinite
    else { return text }
    return Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  private static var wrong: LineProblem {
    .wrongValue(key: "parameters", expected: "an object of texts, numbers or truth values")
  }
}
