/// What pages are made of besides their contents, compiled in. Together they stay under 40 KB,
/// which a test checks.
package enum ReportAssets {
  /// The document around a page's body, with `{{title}}`, `{{style}}`, `{{script}}`, `{{digest}}`
  /// and `{{body}}` where they belong.
  package static let skeleton = text(PackageResources.page_html)
  package static let style = text(PackageResources.style_css)
  package static let script = text(PackageResources.script_js)

  /// The definitions of reports that come with the tool, by name.
  package static let definitions: [(name: String, text: [UInt8])] = [
    ("history", PackageResources.history_report),
    ("noisiest", PackageResources.noisiest_report),
    ("performance", PackageResources.performance_report),
    ("results", PackageResources.results_report),
    ("runs", PackageResources.runs_report),
    ("slowest", PackageResources.slowest_report),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
