package import BenchModel

/// `benchdb baseline list` for programs: `schemaVersion` 1, `kind` "baselines", `baselines` in the
/// order of their names.
///
/// A baseline has `name`, `commit`, `isDirty`, `subject`, `created` (ISO 8601, universal time) and
/// `note`.
package enum BaselineJSON {
  package static func text(_ baselines: [Baseline]) -> String {
    JSONDocument.text("baselines", Document(baselines: baselines.map(Entry.init)))
  }

  private struct Document: Encodable {
    let baselines: [Entry]
  }

  private struct Entry: Encodable {
    let name, commit, subject, created, note: String
    let isDirty: Bool

    init(_ baseline: Baseline) {
      name = baseline.name
      commit = baseline.revision.commit.hash
      subject = baseline.revision.commit.subject
      created = Timestamp.machine(baseline.created)
      note = baseline.note
      isDirty = baseline.revision.isDirty
    }
  }
}
