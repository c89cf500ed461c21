import Foundation

extension UUID {
  /// Lower-case, as benchdb writes identifiers everywhere.
  var text: String { uuidString.lowercased() }

  /// The first eight digits: enough to name a run among those of a project.
  var short: String { String(text.prefix(8)) }
}
