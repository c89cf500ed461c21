import Foundation
import Testing
import TextCoding

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct XMLTextTests {
  /// What a parser finds in the attribute and the content of an element.
  private final class Reading: NSObject, XMLParserDelegate {
    var attribute = ""
    var content = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) { attribute = attributes["a"] ?? "" }

    func parser(_ parser: XMLParser, foundCharacters text: String) { content += text }
  }

  private func read(_ text: String) -> (attribute: String, content: String)? {
    let document = "<x a=\(XMLText.attribute(text))>\(XMLText.content(text))</x>"
    let parser = XMLParser(data: Data(document.utf8))
    let reading = Reading()
    parser.delegate = reading
    return parser.parse() ? (reading.attribute, reading.content) : nil
  }

  @Test("A parser reads back what may stand in a document")
  func roundTrip() {
    for text in ["", "a<b>&\"'c", "]]>", "a\n\tb\rc", "é日👍", "&amp;&#10;", "\u{A0}\u{FFFD}"] {
      let read = read(text)
      #expect(read?.attribute == text)
      #expect(read?.content == text)
    }
  }

  @Test("Every scalar is allowed where it is written, or shown as an escape")
  func everyScalar() {
    var wrong: [UInt32] = []
    for scalar in SampledScalars() {
      for text in [XMLText.content(String(scalar)), XMLText.attribute(String(scalar))] {
        let isAllowed = text.unicodeScalars.allSatisfy { written in
          switch written.value {
          case 0x09, 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
          default: false
          }
        }
        if !isAllowed { wrong.append(scalar.value) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
    #expect(XMLText.content("\u{0}\u{1B}\u{FFFF}") == "\\u{0}\\e\u{FFFD}")
  }
}
