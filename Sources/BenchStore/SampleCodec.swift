/// How the samples of one measurement stand in `sample_array`: the only place that knows.
///
/// They are JSON, so that any SQLite reads them through the view `sample`. Each value is the shortest decimal that reads back as the same
/// number; whole numbers stand without a fraction. Iterations that are all the same stand once.
enum SampleCodec {
  /// `nil` where a value is not finite, which JSON cannot say.
  static func encode(values: [Double]) -> String? {
    guard values.allSatisfy(\.isFinite) else { return nil }
    var text: [UInt8] = [UInt8(ascii: "[")]
    text.reserveCapacity(values.count * 12)
    for (index, value) in values.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      append(value, to: &text)
    }
    text.append(UInt8(ascii: "]"))
    return String(decoding: text, as: UTF8.self)
  }

  static func encode(iterations: [Int]) -> String {
    if let first = iterations.first, iterations.allSatisfy({ $0 == first }) { return String(first) }
    return "[" + iterations.map(String.init).joined(separator: ",") + "]"
  }

  /// `nil` where the text is not an array of finite numbers.
  static func decodeValues(_ text: String) -> [Double]? {
    elements(text) { element in Double(element).flatMap { $0.isFinite ? $0 : nil } }
  }

  /// `nil` where the text is neither one integer nor an array of `count` of them.
  static func decodeIterations(_ text: String, count: Int) -> [Int]? {
    if let one = Int(text) { return Array(repeating: one, count: count) }
    guard let iterations = elements(text, { Int($0) }), iterations.count == count else {
      return nil
    }
    return iterations
  }

  /// Beyond 2^53 not every whole number has a Double, so the shortest form is kept there. Negative zero keeps its sign.
  private static func append(_ value: Double, to text: inout [UInt8]) {
    guard value.magnitude < 9_007_199_254_740_992, let whole = Int64(exactly: value),
      whole != 0 || value.sign == .plus
    else { return text.append(contentsOf: value.description.utf8) }
    append(whole, to: &text)
  }

  private static func append(_ whole: Int64, to text: inout [UInt8]) {
    if whole < 0 { text.append(UInt8(ascii: "-")) }
    let start = text.count
    var rest = whole.magnitude
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
  }

  private static func elements<Element>(_ text: String, _ read: (Substring) -> Element?)
    -> [Element]?
  {
    guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]"),
      text.utf8.count >= 2
    else { return nil }
    let inside = text.dropFirst().dropLast()
    if inside.isEmpty { return [] }
    var elements: [Element] = []
    for part in inside.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let element = read(Substring(part)) else { return nil }
      elements.append(element)
    }
    return elements
  }
}
