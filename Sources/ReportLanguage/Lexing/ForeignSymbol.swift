/// A symbol of other languages, and its equivalent in this one.
struct ForeignSymbol {
  /// The equivalent in this language.
  let meaning: String
  /// The number of its bytes.
  let length: Int
  /// The token that it is replaced by, so that one slip causes one diagnostic.
  let kind: Token.Kind
  /// Whether it begins a comment.
  var isComment: Bool { meaning == "#" }

  private static let all: [(symbol: [UInt8], meaning: String, kind: Token.Kind)] = [
    (Array("==".utf8), "=", .equal), (Array("<>".utf8), "!=", .notEqual),
    (Array("&&".utf8), "and", .invalid), (Array("//".utf8), "#", .invalid),
    (Array("!".utf8), "not", .invalid),
  ]

  /// The foreign symbol at an offset, or nil.
  init?(_ bytes: [UInt8], at offset: Int) {
    guard let found = Self.all.first(where: { bytes[offset...].starts(with: $0.symbol) }) else {
      return nil
    }
    (meaning, length, kind) = (found.meaning, found.symbol.count, found.kind)
  }
}
