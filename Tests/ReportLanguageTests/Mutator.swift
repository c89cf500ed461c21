import BenchTestSupport

/// Makes texts that were reports before they were damaged.
struct Mutator {
  private var random: SeededRandom
  private let seeds: [[UInt8]]

  init(seed: UInt64, of texts: [String]) {
    random = SeededRandom(seed: seed)
    seeds = texts.map { Array($0.utf8) }
  }

  /// Pieces that break parsers: brackets, quotes, half-finished words, and bytes that are not text.
  private static let pieces: [[UInt8]] =
    [
      "{", "}", "(", ")", "'", "\"", "`", "\\", "\n", "#", "$", "@", ".", "...", "=", "-", "%",
      "||",
      "not", "in", "between", "is", "null", "if", "case", "when", "then", "end", "and", "band",
      "group 1", "field", "format", "visible when", "sum(", "percentile(", "99999999999999999999",
      "1e999", "0.0000000000000000001", "2026-02-30", "2026-01-01T", "\\u{", "/", "==", "é", "名",
      ",",
      String(repeating: "(", count: 300), String(repeating: "- ", count: 300),
      String(repeating: "not ", count: 300), String(repeating: "band detail {", count: 300),
      String(repeating: "1 + ", count: 300), String(repeating: "if true then ", count: 300),
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC3], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80], [0], [0x1B],
    ]

  mutating func next() -> [UInt8] {
    var bytes = pick(seeds)
    for _ in 0..<number(1...6) { mutate(&bytes) }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let position = number(0...bytes.count)
    let end = min(bytes.count, position + number(0...40))
    switch number(0...9) {
    case 0: bytes.insert(contentsOf: pick(Self.pieces), at: position)
    case 1: bytes.replaceSubrange(position..<end, with: pick(Self.pieces))
    case 2: bytes.removeSubrange(position..<end)
    case 3: bytes.insert(contentsOf: bytes[position..<end], at: number(0...bytes.count))
    case 4: bytes.removeSubrange(position...)
    case 5:
      let other = pick(seeds)
      let start = number(0...other.count)
      bytes.insert(contentsOf: other[start..<min(other.count, start + 60)], at: position)
    case 6...8: swapWord(&bytes, at: position)
    default:
      guard position < bytes.count else { return }
      bytes[position] = UInt8(truncatingIfNeeded: random.next())
    }
  }

  /// Replaces a word by a word of another text or a number. The result is often still a report, so
  /// that what happens after parsing is tested as well.
  private mutating func swapWord(_ bytes: inout [UInt8], at position: Int) {
    let isWordPart = { (byte: UInt8) in byte >= 48 && byte != 96 && byte < 123 || byte == 46 }
    guard let start = bytes[position...].firstIndex(where: isWordPart) else { return }
    let end = bytes[start...].firstIndex { !isWordPart($0) } ?? bytes.count
    let other = pick(seeds)
    let begin = other[number(0...other.count - 1)...].firstIndex(where: isWordPart) ?? 0
    let word = other[begin...].prefix(while: isWordPart)
    bytes.replaceSubrange(start..<end, with: word)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...items.count - 1)] }
}
