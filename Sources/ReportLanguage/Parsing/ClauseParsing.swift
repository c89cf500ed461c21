/// Clauses: `required`, `width 12`, `visible when amount > 0` and their like, in any order.
extension Parser {
  /// Reads clauses while there are any, each at most once; false where one could not be read.
  ///
  /// A word within the line that is nearly a clause is reported and taken for it.
  mutating func clauses(
    _ permitted: [Keyword], after what: String, read: (inout Parser, Keyword) -> Bool
  ) -> Bool {
    var seen: Set<Keyword> = []
    while let keyword = meantClause(in: permitted) {
      let first = current
      if current.keyword == nil {
        reportExpected(.expectedStatement, "a clause of \(what)", oneOf: permitted)
      }
      advance()
      // The three places in a width are one clause.
      let isPlace = [.left, .centre, .center, .right].contains(keyword)
      if !seen.insert(isPlace ? .left : keyword).inserted {
        report(.repeatedClause(string(of: first), at: first.span))
      }
      guard read(&self, keyword) else { return false }
    }
    return true
  }

  private func meantClause(in permitted: [Keyword]) -> Keyword? {
    guard let keyword = meant(in: permitted) else { return nil }
    return current.keyword != nil || !current.startsLine ? keyword : nil
  }

  /// `when CONDITION` after `visible`.
  mutating func visibility() -> Expression? {
    expect(.when, after: "'visible'") ? expression() : nil
  }
}
