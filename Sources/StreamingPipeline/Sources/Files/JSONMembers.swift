internal import TextCoding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The locations of the fields of a schema in a line of JSON.
///
/// A value, so that reading a line is one access to the cursor that owns it, and not several for
/// each member, of which each would be checked for exclusivity.
struct JSONMembers {
  /// What the value of a field is, and which bytes of the line; a text has no quotes here.
  struct Location {
    let kind: JSONScanner.Kind
    let range: Range<Int>
    let hasEscapes: Bool
  }

  private let names: [[UInt8]]
  /// The fields in the order in which the line before had them: lines of one file mostly agree.
  private var order: [Int?] = []
  /// The locations by field; nil where the line read last has no such member.
  private(set) var locations: [Location?]

  init(_ schema: Schema) {
    names = schema.fields.map { Array($0.name.utf8) }
    locations = Array(repeating: nil, count: names.count)
  }

  /// Reads a line. Returns the first field that is there twice, and the index of its second name.
  mutating func read(
    _ text: TextBytes
  ) throws(JSONScanner.Problem) -> (field: Int, position: Int)? {
    for field in locations.indices { locations[field] = nil }
    var scanner = JSONScanner(UnsafeRawBufferPointer(text))
    scanner.skipSpace()
    var isFirst = true
    var member = 0
    while let name = try scanner.nextMember(isFirst: &isFirst) {
      let value = try location(&scanner)
      if let field = field(name, text, member) {
        guard locations[field] == nil else { return (field, name.range.lowerBound) }
        locations[field] = value
      }
      member += 1
    }
    try scanner.expectEnd()
    return nil
  }

  private func location(_ scanner: inout JSONScanner) throws(JSONScanner.Problem) -> Location {
    if scanner.next == UInt8(ascii: "\"") {
      let text = try scanner.skipText()
      return Location(kind: .text, range: text.range, hasEscapes: text.hasEscapes)
    }
    let start = scanner.position
    let kind = try scanner.skipValue()
    return Location(kind: kind, range: start..<scanner.position, hasEscapes: false)
  }

  /// The field that a name means; nil for members that are skipped.
  private mutating func field(
    _ name: JSONScanner.Text, _ text: TextBytes, _ member: Int
  ) -> Int? {
    let bytes = TextBytes(rebasing: text[name.range])
    if name.hasEscapes {
      var decoded: [UInt8] = []
      JSONText.decode(UnsafeRawBufferPointer(bytes), into: &decoded)
      return names.firstIndex(of: decoded)
    }
    if member < order.count, let guess = order[member], isName(guess, bytes) { return guess }
    let field = names.indices.first { isName($0, bytes) }
    if member == order.count, member < 1024 { order.append(field) }
    if member < order.count { order[member] = field }
    return field
  }

  private func isName(_ field: Int, _ bytes: TextBytes) -> Bool {
    let name = names[field]
    guard name.count == bytes.count, let base = bytes.baseAddress else {
      return name.isEmpty && bytes.isEmpty
    }
    return name.withUnsafeBufferPointer { memcmp($0.baseAddress!, base, bytes.count) == 0 }
  }
}
