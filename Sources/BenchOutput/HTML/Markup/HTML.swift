import TextCoding

/// A piece of a page, escaped by construction: whatever comes from data goes in as text or as the
/// value of an attribute, and both are escaped there. Names of elements and attributes are literals
/// of this program.
package struct HTML: Sendable {
  /// UTF-8.
  package private(set) var bytes: [UInt8] = []

  /// Attributes in their order; one whose value is `nil` is left out.
  package typealias Attributes = KeyValuePairs<StaticString, String?>

  package init() {}

  /// What `content` writes.
  package init(_ content: (inout HTML) -> Void) { content(&self) }

  /// What another writer of this package escaped by its own construction: a part of a page, as the
  /// language of reports writes it.
  package init(written bytes: [UInt8]) { self.bytes = bytes }

  package var isEmpty: Bool { bytes.isEmpty }

  /// Text that people read. What would steer a browser's text instead of being seen, such as marks
  /// that reorder it, is written as an escape.
  package mutating func text(_ text: String) {
    HTMLText.append(Printable.text(text), to: &bytes)
  }

  /// `<name …>content</name>`
  package mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], content: (inout HTML) -> Void
  ) {
    open(name, attributes)
    content(&self)
    append("</")
    append(name)
    append(">")
  }

  /// `<name …>text</name>`
  package mutating func element(_ name: StaticString, _ attributes: Attributes, _ text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// `<name>text</name>`
  package mutating func element(_ name: StaticString, _ text: String) {
    element(name, [:]) { $0.text(text) }
  }

  /// `<name …>`, of an element that has no content and no end: `input`, `col`.
  package mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
  }

  package mutating func append(_ other: HTML) { bytes.append(contentsOf: other.bytes) }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    append("<")
    append(name)
    for (name, value) in attributes {
      guard let value else { continue }
      append(" ")
      append(name)
      guard !value.isEmpty else { continue }
      append("=\"")
      HTMLText.append(value, to: &bytes)
      append("\"")
    }
    append(">")
  }

  private mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
