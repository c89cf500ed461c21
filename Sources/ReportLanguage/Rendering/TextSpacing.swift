/// What a page of text has between bands: the headings of its columns, and blank lines before
/// groups and the summary.
struct TextSpacing {
  /// What stands in front of a band.
  struct Front {
    let hasBlankLine: Bool
    let hasHeading: Bool
    /// The heading is a line of names and a rule.
    var lines: Int { (hasBlankLine ? 1 : 0) + (hasHeading ? 2 : 0) }
  }

  /// Whether the columns of details have headings that the report has no band for.
  private let hasHeading: Bool
  private var isHeadingDue: Bool
  private var previous: Band.Kind?

  init(hasHeading: Bool) {
    self.hasHeading = hasHeading
    isHeadingDue = hasHeading
  }

  /// What stands in front of a band that comes now.
  func front(of kind: Band.Kind) -> Front {
    let hasHeading =
      switch kind {
      case .groupHeader, .detailHeader, .detail: isHeadingDue
      default: false
      }
    return Front(hasBlankLine: isSetOff(kind), hasHeading: hasHeading)
  }

  private func isSetOff(_ kind: Band.Kind) -> Bool {
    switch (previous, kind) {
    case (nil, _), (.title, .title): false
    case (.title, _): true
    case (.detail, .groupHeader), (.detailFooter, .groupHeader), (.groupFooter, .groupHeader): true
    case (.detail, .summary), (.detailFooter, .summary), (.groupFooter, .summary): true
    case (.columnFooter, .summary), (.pageFooter, .summary): true
    default: false
    }
  }

  /// Notes that a band has come.
  mutating func pass(_ kind: Band.Kind) {
    if front(of: kind).hasHeading { isHeadingDue = false }
    previous = kind
  }

  /// Begins a page.
  mutating func turnPage() {
    isHeadingDue = hasHeading
    previous = nil
  }
}
