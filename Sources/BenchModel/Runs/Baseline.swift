package import Foundation

/// A name for a revision to compare with.
package struct Baseline: Sendable, Hashable {
  package let name: String
  package let revision: Revision
  package let created: Date
  package let note: String

  package init(name: String, revision: Revision, created: Date, note: String = "") {
    self.name = name
    self.revision = revision
    self.created = created
    self.note = note
  }
}
