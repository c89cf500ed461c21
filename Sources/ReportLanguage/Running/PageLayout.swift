/// Where the pages of a text end.
struct PageLayout {
  private let length: Int?
  private let reserved: Int
  private var spacing: TextSpacing
  private var used: Int
  private var hasContent = false
  /// The page at hand, from 1.
  private(set) var number = 1

  /// Whether pages end at all.
  var isLimited: Bool { length != nil }

  init(_ plan: ReportPlan, length: Int?) {
    self.length = length
    reserved = (plan.bands(.columnFooter) + plan.bands(.pageFooter)).map(\.height).reduce(0, +)
    let head = ReportHead(plan)
    spacing = TextSpacing(hasHeading: head.hasTextHeading)
    used = head.hasTitleBand ? 0 : TextWriter.titleLines
  }

  /// Whether a band of so many lines does not fit on the page any more, in front of its footers.
  func breaks(before kind: Band.Kind, _ height: Int) -> Bool {
    guard let length else { return false }
    let lines = spacing.front(of: kind).lines + height
    switch kind {
    case .title, .pageHeader, .columnHeader, .columnFooter, .pageFooter, .summary: return false
    // A header is not the last thing on a page.
    case .groupHeader, .detailHeader: return hasContent && used + lines + 1 + reserved > length
    default: return hasContent && used + lines + reserved > length
    }
  }

  mutating func count(_ kind: Band.Kind, _ lines: Int) {
    guard lines > 0 else { return }
    used += spacing.front(of: kind).lines + lines
    spacing.pass(kind)
    // A band longer than a page stands on one of its own; turning pages for it would never end.
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
  /// The most lines that it takes.
  var height: Int { (elements.isEmpty ? 0 : 1) + bands.map(\.height).reduce(0, +) }
}
