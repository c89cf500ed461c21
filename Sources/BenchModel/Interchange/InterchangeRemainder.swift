package import Foundation

/// The contents of a database beside measured processes, for the first line of an export.
package struct InterchangeRemainder: Sendable, Hashable {
  /// Runs without any session.
  package var runs: [InterchangeRun]
  /// Sessions without any process. Sessions of runs without any process belong to the run.
  package var sessions: [Session]
  package var baselines: [InterchangeBaseline]
  /// The acceptances, including withdrawn ones.
  package var acceptances: [InterchangeAcceptance]

  package init(
    runs: [InterchangeRun] = [], sessions: [Session] = [], baselines: [InterchangeBaseline] = [],
    acceptances: [InterchangeAcceptance] = []
  ) {
    self.runs = runs
    self.sessions = sessions
    self.baselines = baselines
    self.acceptances = acceptances
  }

  package var isEmpty: Bool {
    runs.isEmpty && sessions.isEmpty && baselines.isEmpty && acceptances.isEmpty
  }

  /// Adds the remainder of another first line: concatenated files have several.
  package static func += (left: inout InterchangeRemainder, right: InterchangeRemainder) {
    left.runs += right.runs
    left.sessions += right.sessions
    left.baselines += right.baselines
    left.acceptances += right.acceptances
  }
}

extension InterchangeRemainder: Codable {
  private enum CodingKeys: CodingKey { case runs, sessions, baselines, acceptances }

  /// Reads missing keys as empty lists, since an earlier benchdb does not write all of them.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func list<Element: Decodable>(_ key: CodingKeys) throws -> [Element] {
      try container.decodeIfPresent([Element].self, forKey: key) ?? []
    }
    self.init(
      runs: try list(.runs), sessions: try list(.sessions), baselines: try list(.baselines),
      acceptances: try list(.acceptances))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(runs, forKey: .runs)
    try container.encode(sessions, forKey: .sessions)
    try container.encode(baselines, forKey: .baselines)
    if !acceptances.isEmpty { try container.encode(acceptances, forKey: .acceptances) }
  }
}

/// A baseline as JSON.
package struct InterchangeBaseline: Sendable, Hashable, Codable {
  package let name: String
  package let revision: Revision
  package let created: Date
  package let note: String

  package init(_ baseline: Baseline) {
    name = baseline.name
    revision = baseline.revision
    created = baseline.created
    note = baseline.note
  }

  package var baseline: Baseline {
    Baseline(name: name, revision: revision, created: created, note: note)
  }
}

/// An acceptance as JSON, with the keys of `benchdb accept --list --format json` and `withdrawn`
/// where it was withdrawn.
package struct InterchangeAcceptance: Sendable, Hashable {
  package let stored: StoredAcceptance

  package init(_ stored: StoredAcceptance) { self.stored = stored }
}

extension InterchangeAcceptance: Codable {
  private enum CodingKeys: CodingKey {
    case id, benchmark, parameters, metric, from, to, upTo, reason, by, accepted, until, withdrawn
  }

  /// Insists on whole commit hashes and a size of 0 or more, because an acceptance opens a gate and
  /// must not do so by mistake.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func hash(_ key: CodingKeys) throws -> String {
      let text = try container.decode(String.self, forKey: key)
      guard Commit.isHash(text) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "not a commit's whole hash")
      }
      return text.lowercased()
    }
    let size = try container.decode(Double.self, forKey: .upTo)
    guard size >= 0, size.isFinite else {
      throw DecodingError.dataCorruptedError(
        forKey: .upTo, in: container, debugDescription: "not a relative change of 0 or more")
    }
    let benchmark = BenchmarkKey(
      id: try container.decode(String.self, forKey: .benchmark),
      parameters: try container.decodeIfPresent([String: String].self, forKey: .parameters) ?? [:])
    let metric = try container.decode(String.self, forKey: .metric)
    stored = StoredAcceptance(
      Acceptance(
        id: try container.decode(UUID.self, forKey: .id),
        series: SeriesKey(benchmark: benchmark, metric: metric), from: try hash(.from),
        to: try hash(.to), size: size,
        reason: try container.decodeIfPresent(String.self, forKey: .reason) ?? "",
        author: try container.decode(String.self, forKey: .by),
        accepted: try container.decode(Day.self, forKey: .accepted),
        until: try container.decodeIfPresent(Day.self, forKey: .until)),
      withdrawn: try container.decodeIfPresent(Date.self, forKey: .withdrawn))
  }

  package func encode(to encoder: any Encoder) throws {
    let acceptance = stored.acceptance
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(acceptance.idText, forKey: .id)
    try container.encode(acceptance.series.benchmark.id, forKey: .benchmark)
    try container.encode(acceptance.series.benchmark.parameters, forKey: .parameters)
    try container.encode(acceptance.series.metric, forKey: .metric)
    try container.encode(acceptance.from, forKey: .from)
    try container.encode(acceptance.to, forKey: .to)
    try container.encode(acceptance.size, forKey: .upTo)
    try container.encode(acceptance.reason, forKey: .reason)
    try container.encode(acceptance.author, forKey: .by)
    try container.encode(acceptance.accepted, forKey: .accepted)
    try container.encodeIfPresent(acceptance.until, forKey: .until)
    try container.encodeIfPresent(stored.withdrawn, forKey: .withdrawn)
  }
}
