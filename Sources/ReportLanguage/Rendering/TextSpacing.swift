/// Decides what a page of text has between bands: column headings, and blank lines before groups
/// and the summary.
struct TextSpacing {
  /// The lines before a band.
  struct Front {
    let hasBlankLine: Bool
    let hasHeading: Bool
    /// The number of these lines. A heading takes two: the names and a rule.
    var lines: Int { (hasBlankLine ? 1 : 0) + (hasHeading ? 2 : 0) }
  }

  /// Whether the columns of details need headings because the report has no band for them.
  private let hasHeading: Bool
  private var isHeadingDue: Bool
  private var previous: Band.Kind?

  init(hasHeading: Bool) {
    self.hasHeading = hasHeading
    isHeadingDue = hasHeading
  }

  /// The lines before a band of this kind, if it comes now.
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

  /// Records that a band has been written.
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
