/// Facts in two columns, the name and what is known.
struct FactText {
  private var table: TextTable

  init() {
    table = TextTable(columns: [.init(""), .init("", fitting: .wrapping(minimum: 20))])
  }

  /// Adds a fact; one that is not known is said to be so.
  mutating func add(_ name: String, _ value: String?, _ role: TextRole? = nil) {
    let isKnown = value?.isEmpty == false
    table.add([
      .init(name), .init(isKnown ? value ?? "" : "not known", isKnown ? role : .dim),
    ])
  }

  /// The lines without the empty heading.
  func lines(width: Int, style: TerminalStyle) -> [String] {
    Array(table.lines(width: width, style: style).dropFirst())
  }
}
