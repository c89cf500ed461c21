/// A location in a report's text: the bytes from `start` up to `end`.
///
/// All spans are equal, so that trees compare by their contents and not by where they were written.
public struct Span: Sendable {
  /// The offset of the first byte, counted from 0.
  public let start: Int
  /// The offset of the byte after the last.
  public let end: Int

  /// The span of what was built in code.
  public static let none = Span(start: 0, end: 0)

  /// Makes a span of bytes.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  /// The span from the beginning of this to the end of the other.
  func joined(with other: Span) -> Span { Span(start: start, end: max(end, other.end)) }
}

extension Span: Hashable {
  /// All spans are equal.
  public static func == (left: Span, right: Span) -> Bool { true }
  /// Hashes nothing, because all spans are equal.
  public func hash(into hasher: inout Hasher) {}
}

/// A name and its location in the report's text.
public struct Name: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The name itself, without the quotes it may be written in.
  public let text: String
  /// The location in the report's text.
  public let span: Span

  /// Makes a name with its location.
  public init(_ text: String, span: Span = .none) {
    self.text = text
    self.span = span
  }

  /// Makes a name in code.
  public init(stringLiteral text: String) { self.init(text) }
}
