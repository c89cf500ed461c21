/// Where something stands in a report's text: the bytes from `start` up to `end`.
///
/// All spans are equal, so that trees compare by what they say and not by where it was written.
public struct Span: Sendable {
  /// The first byte, counted from 0.
  public let start: Int
  /// The byte after the last.
  public let end: Int

  /// Nowhere: of what was built in code.
  public static let none = Span(start: 0, end: 0)

  /// Bytes of a text.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  /// From the beginning of this to the end of the other.
  func joined(with other: Span) -> Span { Span(start: start, end: max(end, other.end)) }
}

extension Span: Hashable {
  /// Always true.
  public static func == (left: Span, right: Span) -> Bool { true }
  /// Nothing to hash.
  public func hash(into hasher: inout Hasher) {}
}

/// A name and where it stands.
public struct Name: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The name itself, without the quotes it may be written in.
  public let text: String
  /// Where it stands.
  public let span: Span

  /// A name in a text.
  public init(_ text: String, span: Span = .none) {
    self.text = text
    self.span = span
  }

  /// A name built in code.
  public init(stringLiteral text: String) { self.init(text) }
}
