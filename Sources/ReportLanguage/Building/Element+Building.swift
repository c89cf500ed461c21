// Elements in code; their clauses follow them as in the text:
//
//     Element(.field("amount")).heading("Amount").format(.pattern("#,##0.00")).width(12)
//     field amount heading "Amount" format "#,##0.00" width 12

extension Element {
  /// `heading "Amount"`
  public func heading(_ text: String) -> Element { setting(\.heading, text) }
  /// `format "#,##0.00"`
  public func format(_ format: ElementFormat) -> Element { setting(\.format, format) }
  /// `width 12`
  public func width(_ characters: Int) -> Element { setting(\.width, characters) }
  /// `right`
  public func aligned(_ alignment: Alignment) -> Element { setting(\.alignment, alignment) }
  /// `visible when amount > 0`
  public func visible(when condition: Expression) -> Element { setting(\.visibility, condition) }

  private func setting<Part>(_ path: WritableKeyPath<Element, Part?>, _ part: Part) -> Element {
    var element = self
    element[keyPath: path] = part
    return element
  }
}
