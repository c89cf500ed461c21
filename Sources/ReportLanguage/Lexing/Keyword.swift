/// The words of the language. Only the reserved ones may not be used as bare names.
enum Keyword: String, CaseIterable {
  // The words of statements come first.
  case report, description, source, parameter, format, filter, order, limit, group, variable, band
  // These words are kinds of bands.
  case title, page, column, detail, header, footer, summary
  // These words begin elements.
  case label, field, expression, aggregate, line, box, image, chart
  // These words begin or connect clauses.
  case required, min, max, length, pattern, by, reset, on, initial, custom, visible, heading, width,
    left, centre, center, right, ascending, descending, scope, alternative, currency, percentage,
    use, otherwise
  // These words belong to expressions and are reserved.
  case and, or, not, `in`, between, `is`, null, `if`, then, `else`, `case`, when, end, `true`,
    `false`

  /// The words that begin a statement of a report.
  static let statements: [Keyword] = [
    .description, .source, .parameter, .format, .filter, .order, .limit, .group, .variable, .band,
  ]

  /// The words that begin an element.
  static let elements: [Keyword] = [
    .label, .field, .expression, .aggregate, .line, .box, .image, .chart,
  ]

  /// The words between expressions.
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

  /// The keyword that a word is, or nil.
  init?(word: String) {
    var word = word
    guard let keyword = word.withUTF8({ KeywordTable.shared.keyword($0) }) else { return nil }
    self = keyword
  }
}
