internal import BenchModel
internal import TextCoding

/// The representation of a measurement's samples in `sample_array`, which no other type knows.
///
/// They are JSON, so that any SQLite reads them through the view `sample`. Each value is the
/// shortest decimal that reads back as the same number, and whole numbers have no fraction.
/// Iterations that are all the same are one number:
///
/// ```
/// value_array  [12.5,13.25,12.75]
/// iterations   1000
/// ```
enum SampleCodec {
  /// Returns `nil` where a value is not finite, which JSON cannot express.
  static func encode(values: [Double]) -> String? {
    var text: [UInt8] = []
    return encode(values: values, into: &text) ? String(decoding: text, as: UTF8.self) : nil
  }

  /// Replaces the contents of `text` and reuses its memory. Returns `false` where a value is not
  /// finite.
  static func encode(values: [Double], into text: inout [UInt8]) -> Bool {
    guard values.allSatisfy(\.isFinite) else { return false }
    text.removeAll(keepingCapacity: true)
    ShortestDecimal.append(values, to: &text)
    return true
  }

  static func encode(iterations: [Int]) -> String {
    if let first = iterations.first, iterations.allSatisfy({ $0 == first }) { return String(first) }
    var text: [UInt8] = []
    ShortestDecimal.append(iterations, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns `nil` where the text is not an array of finite numbers.
  static func decodeValues(_ text: String) -> [Double]? {
    elements(text) { element in Double(element).flatMap { $0.isFinite ? $0 : nil } }
  }

  /// Returns `nil` where the text is neither one integer nor an array of `count` of them.
  static func decodeIterations(_ text: String, count: Int) -> [Int]? {
    if let one = Int(text) { return Array(repeating: one, count: count) }
    guard let iterations = elements(text, { Int($0) }), iterations.count == count else {
      return nil
    }
    return iterations
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
