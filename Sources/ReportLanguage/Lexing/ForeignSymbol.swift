/// A symbol of other languages, and what says the same here.
struct ForeignSymbol {
  /// What it says here.
  let meaning: String
  /// How many bytes it takes.
  let length: Int
  /// The token it is taken for, so that one slip gives one diagnostic.
  let kind: Token.Kind
  /// Whether it begins a comment.
  var isComment: Bool { meaning == "#" }

  private static let all: [(symbol: [UInt8], meaning: String, kind: Token.Kind)] = [
    (Array("==".utf8), "=", .equal), (Array("<>".utf8), "!=", .notEqual),
    (Array("&&".utf8), "and", .invalid), (Array("//".utf8), "#", .invalid),
    (Array("!".utf8), "not", .invalid),
  ]

  /// The symbol that stands there, or nil.
  init?(_ bytes: [UInt8], at offset: Int) {
    guard let found = Self.all.first(where: { bytes[offset...].starts(with: $0.symbol) }) else {
      return nil
    }
    (meaning, length, kind) = (found.meaning, found.symbol.count, found.kind)
  }
}
