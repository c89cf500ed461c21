/// The part of history that is looked at, as the command line says; what is `nil` is looked up in
/// the settings.
package struct HistorySelection: Sendable {
  /// The branch or revision whose first parents are followed.
  package var branch: String?
  /// A revision or a day.
  package var since: String?
  /// How many of the latest measured commits.
  package var last: String?
  package var suite: [String] = []
  /// A regular expression.
  package var filter: String?
  /// Whether series that do not gate are looked at, too.
  package var all = false

  package init(
    branch: String? = nil, since: String? = nil, last: String? = nil, suite: [String] = [],
    filter: String? = nil, all: Bool = false
  ) {
    self.branch = branch
    self.since = since
    self.last = last
    self.suite = suite
    self.filter = filter
    self.all = all
  }
}
