/// Decides where the pages of a text end.
struct PageLayout {
  private let length: Int?
  private let reserved: Int
  private var spacing: TextSpacing
  private var used: Int
  private var hasContent = false
  /// The number of the current page, from 1.
  private(set) var number = 1

  /// Whether pages have a limited length.
  var isLimited: Bool { length != nil }

  init(_ plan: ReportPlan, length: Int?) {
    self.length = length
    reserved = (plan.bands(.columnFooter) + plan.bands(.pageFooter)).map(\.height).reduce(0, +)
    let head = ReportHead(plan)
    spacing = TextSpacing(hasHeading: head.hasTextHeading)
    used = head.hasTitleBand ? 0 : TextWriter.titleLines
  }

  /// Whether a band of this many lines does not fit on the page any more, above its footers.
  func breaks(before kind: Band.Kind, _ height: Int) -> Bool {
    guard let length else { return false }
    let lines = spacing.front(of: kind).lines + height
    switch kind {
    case .title, .pageHeader, .columnHeader, .columnFooter, .pageFooter, .summary: return false
    // A header must not be the last band on a page.
    case .groupHeader, .detailHeader: return hasContent && used + lines + 1 + reserved > length
    default: return hasContent && used + lines + reserved > length
    }
  }

  mutating func count(_ kind: Band.Kind, _ lines: Int) {
    guard lines > 0 else { return }
    used += spacing.front(of: kind).lines + lines
    spacing.pass(kind)
    // A band longer than a page gets a page of its own, because turning pages for it would never
    // end.
    switch kind {
    case .pageHeader, .columnHeader: break
    default: hasContent = true
    }
  }

  /// Begins a page.
  mutating func turn() {
    number += 1
    used = 0
    hasContent = false
    spacing.turnPage()
  }
}

extension PlannedBand {
  /// The most lines that the band can take.
  var height: Int { (elements.isEmpty ? 0 : 1) + bands.map(\.height).reduce(0, +) }
}
