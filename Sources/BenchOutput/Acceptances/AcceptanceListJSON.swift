package import BenchModel

/// `benchdb accept --list` for programs: `schemaVersion` 1, `kind` "acceptances", `acceptances` in
/// the order of the text.
///
/// One has `id`, `series`, `benchmark`, `parameters`, `metric`, `from`, `to` (hashes), `upTo`,
/// `reason`, `by`, `accepted`, `until` where it ends, and `isExpired`. The value of `upTo` is
/// null where any size is accepted, since the change is one from or to zero.
package enum AcceptanceListJSON {
  package static func text(_ acceptances: [Acceptance], on today: Day) -> String {
    JSONDocument.text(
      "acceptances", Document(acceptances: acceptances.map { Entry($0, on: today) }))
  }

  private struct Document: Encodable {
    let acceptances: [Entry]
  }

  private struct Entry: Encodable {
    let id, series, benchmark, metric, from, to, reason, by, accepted: String
    let parameters: [String: String]
    let upTo: JSONNumber
    let until: String?
    let isExpired: Bool

    init(_ acceptance: Acceptance, on today: Day) {
      id = acceptance.idText
      series = acceptance.series.description
      benchmark = acceptance.series.benchmark.id
      parameters = acceptance.series.benchmark.parameters
      metric = acceptance.series.metric
      (from, to) = (acceptance.from, acceptance.to)
      (reason, by) = (acceptance.reason, acceptance.author)
      accepted = acceptance.accepted.description
      upTo = .size(acceptance)
      until = acceptance.until?.description
      isExpired = acceptance.isExpired(on: today)
    }
  }
}
