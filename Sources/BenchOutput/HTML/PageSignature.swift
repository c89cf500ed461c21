/// By what a later benchdb knows a page of its own, so that it may replace it: the skeleton has it
/// within its first kilobyte.
package enum PageSignature {
  package static let text = #"<meta name="generator" content="benchdb">"#
}
