/// `--format` of commands that list something
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json
}
