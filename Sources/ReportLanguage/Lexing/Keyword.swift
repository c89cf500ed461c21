/// The words of the language. Only the reserved ones may not be written as bare names.
enum Keyword: String, CaseIterable {
  // Statements.
  case report, description, source, parameter, format, filter, order, limit, group, variable, band
  // Kinds of bands.
  case title, page, column, detail, header, footer, summary
  // Elements.
  case label, field, expression, aggregate, line, box, image, chart
  // Clauses.
  case required, min, max, length, pattern, by, reset, on, initial, custom, visible, heading, width,
    left, centre, center, right, ascending, descending, scope, alternative, currency, percentage,
    use, otherwise
  // Expressions: reserved.
  case and, or, not, `in`, between, `is`, null, `if`, then, `else`, `case`, when, end, `true`,
    `false`

  /// Words of a report's own level.
  static let statements: [Keyword] = [
    .description, .source, .parameter, .format, .filter, .order, .limit, .group, .variable, .band,
  ]

  /// Words that begin an element.
  static let elements: [Keyword] = [
    .label, .field, .expression, .aggregate, .line, .box, .image, .chart,
  ]

  /// Words that stand between expressions.
  static let infixes: [Keyword] = [.and, .or, .not, .in, .between, .is]

  /// Whether it belongs to expressions, so that a name like it needs backticks.
  var isReserved: Bool {
    switch self {
    case .and, .or, .not, .in, .between, .is, .null, .if, .then, .else, .case, .when, .end, .true,
      .false:
      true
    default: false
    }
  }

  /// The keyword of a word, or nil.
  init?(word: String) {
    var word = word
    guard let keyword = word.withUTF8({ KeywordTable.shared.keyword($0) }) else { return nil }
    self = keyword
  }
}
