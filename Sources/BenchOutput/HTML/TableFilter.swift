/// The controls above a page's table. They are hidden until the script, without which they would do
/// nothing, shows them.
struct TableFilter {
  /// The name of a row's `data-…` attribute, its title, and the values that rows have.
  let choices: [(name: String, title: String, values: [String])]

  func write(to html: inout HTML) {
    html.element("form", ["class": "tools", "id": "filter", "role": "search", "hidden": ""]) {
      html in
      html.element("label") { html in
        html.text("Filter")
        html.void(
          "input",
          [
            "type": "search", "name": "text", "placeholder": "words of its name",
            "autocomplete": "off",
          ])
      }
      for choice in choices { write(choice, to: &html) }
      html.element("label", ["class": "tick"]) { html in
        html.void("input", ["type": "checkbox", "name": "changed"])
        html.text("changed only")
      }
      html.element("output", ["id": "count", "class": "small"], "")
    }
  }

  /// Nothing to choose from needs no choice.
  private func write(
    _ choice: (name: String, title: String, values: [String]), to html: inout HTML
  ) {
    let values = Set(choice.values).sorted()
    guard values.count > 1 else { return }
    html.element("label") { html in
      html.text(choice.title)
      html.element("select", ["name": choice.name]) { html in
        html.element("option", ["value": ""], "all")
        for value in values { html.element("option", ["value": value], value) }
      }
    }
  }

  /// What is read where no row fits.
  static func writeNothing(to html: inout HTML) {
    html.element(
      "p", ["id": "none", "class": "small", "hidden": ""], "No series fits the filter.")
  }
}
