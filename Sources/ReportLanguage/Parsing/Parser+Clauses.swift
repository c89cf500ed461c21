/// Parses clauses such as `required`, `width 12` and `visible when amount > 0`, in any order.
extension Parser {
  /// Parses clauses while there are any, each at most once; false where one could not be parsed.
  ///
  /// A word on the same line that is nearly a clause is reported and treated as that clause.
  mutating func clauses(
    _ permitted: [Keyword], after what: String, read: (inout Parser, Keyword) -> Bool
  ) -> Bool {
    // There is a bit for each of the permitted clauses.
    var seen: UInt64 = 0
    while let keyword = meantClause(in: permitted) {
      let first = current
      if current.keyword == nil {
        reportExpected(.expectedStatement, "a clause of \(what)", oneOf: permitted)
      }
      advance()
      // The three alignments in a width are one clause.
      let isAlignment =
        keyword == .left || keyword == .centre || keyword == .center || keyword == .right
      let bit: UInt64 = 1 << UInt64(permitted.firstIndex(of: isAlignment ? .left : keyword) ?? 0)
      if seen & bit != 0 { report(.repeatedClause(string(of: first), at: first.span)) }
      seen |= bit
      guard read(&self, keyword) else { return false }
    }
    return true
  }

  private func meantClause(in permitted: [Keyword]) -> Keyword? {
    guard let keyword = meant(in: permitted) else { return nil }
    return current.keyword != nil || !current.startsLine ? keyword : nil
  }

  /// Parses `when CONDITION` after `visible`.
  mutating func visibility() -> Expression? {
    expect(.when, after: "'visible'") ? expression() : nil
  }
}
