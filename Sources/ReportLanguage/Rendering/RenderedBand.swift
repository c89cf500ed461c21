import StreamingPipeline

/// A band with its values, ready to be written.
struct RenderedBand {
  let kind: Band.Kind
  let cells: [RenderedCell]
  let bands: [RenderedBand]

  /// The number of lines that it takes in text.
  var height: Int { (cells.isEmpty ? 0 : 1) + bands.map(\.height).reduce(0, +) }

  /// Its cells and those of the bands within it.
  var allCells: [RenderedCell] { cells + bands.flatMap(\.allCells) }
}

/// An element with its value.
struct RenderedCell {
  enum Content {
    /// The cell of an element that is not visible.
    case blank
    case text(String)
    /// A value, and its text for people.
    case value(Value, String)
    case line
    case box(String)
    case image(path: String, alternative: String)
    case chart(ChartDrawing)
  }

  var content: Content
  let column: Int?
  let width: Int?
  let alignment: Element.Alignment?

  init(_ content: Content, column: Int?, width: Int?, alignment: Element.Alignment?) {
    self.content = content
    self.column = column
    self.width = width
    self.alignment = alignment
  }

  /// The text of the cell; nil if it has none.
  var text: String? {
    switch content {
    case .text(let text), .value(_, let text): text
    default: nil
    }
  }
}

/// The properties of a report that a writer needs before the first band.
struct ReportHead {
  let title: String
  let name: String
  let description: String?
  let columns: [PlannedColumn]
  /// Whether text output writes headings above the columns of details. It does not where the report
  /// has a band for them.
  let hasTextHeading: Bool
  /// Whether bands other than details have values, so that tables need rows for them.
  let hasOtherRows: Bool
  let hasTitleBand: Bool

  init(_ plan: ReportPlan) {
    title = plan.report.title ?? plan.report.name.text
    name = plan.report.name.text
    description = plan.report.description
    columns = plan.columns
    hasTextHeading =
      plan.bands(.columnHeader).isEmpty && plan.columns.contains(where: \.isDetail)
    hasTitleBand = !plan.bands(.title).isEmpty
    hasOtherRows = plan.bands.contains { $0.kind != .detail && $0.hasValues }
  }
}

extension PlannedBand {
  fileprivate var hasValues: Bool {
    elements.contains { $0.column != nil } || bands.contains(where: \.hasValues)
  }
}
