internal import BenchModel
internal import Foundation
internal import GRDB

/// The rows of imported processes.
final class ProcessImporter {
  struct Location: Equatable {
    let session: Int64
    let build: Int64
    let benchmark: Int64
  }

  final class Stored {
    let id: Int64
    let location: Location
    let isNew: Bool
    fileprivate var facts: String

    fileprivate init(id: Int64, location: Location, isNew: Bool, facts: String) {
      self.id = id
      self.location = location
      self.isNew = isNew
      self.facts = facts
    }
  }

  private let insertion: BulkStatement
  private let lookUp: BulkStatement
  private let update: BulkStatement
  private var changed: [[String]: String] = [:]

  init(_ database: Database) throws {
    insertion = try BulkStatement(
      database,
      """
      INSERT INTO process (uuid, session_id, build_id, benchmark_id, pass, plan_order, started_ms,
        seconds, outcome, outcome_text, outcome_detail, standard_error, state, facts,
        round, arm)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (uuid) DO NOTHING
      """)
    lookUp = try BulkStatement(
      database,
      "SELECT id, session_id, build_id, benchmark_id, facts FROM process WHERE uuid = ?",
      table: "process")
    update = try BulkStatement(database, "UPDATE process SET facts = ? WHERE id = ?")
  }

  func process(
    _ process: InterchangeProcess, in location: Location, nextOrder: () throws -> Int
  ) throws -> Stored {
    // A process without an order of its own must be known to be new before it takes the next one.
    if process.order == nil, let known = try find(process, in: location) { return known }
    let order = try process.order ?? nextOrder()
    if let id = try insert(process, in: location, order: order) {
      return Stored(
        id: id, location: location, isNew: true, facts: try workerFacts(of: process))
    }
    if let known = try find(process, in: location) { return known }
    throw SQLiteFailure(code: 1, message: "a process was neither stored nor found")
  }

  private func insert(_ process: InterchangeProcess, in location: Location, order: Int) throws
    -> Int64?
  {
    let facts = process.facts
    let outcome = StoredOutcome(facts.outcome)
    try insertion.bind(process.id)
    try insertion.bind(location.session)
    try insertion.bind(location.build)
    try insertion.bind(location.benchmark)
    try insertion.bind(facts.pass.rawValue)
    try insertion.bind(order)
    try insertion.bind(Int64((process.started.timeIntervalSince1970 * 1000).rounded()))
    try insertion.bind(facts.seconds)
    try insertion.bind(outcome.kind.rawValue)
    try insertion.bind(outcome.text)
    try insertion.bind(outcome.detail)
    try insertion.bind(facts.standardError)
    try insertion.bind(facts.state)
    try insertion.bind(try workerFacts(of: process))
    if let position = facts.position {
      try insertion.bind(position.round)
      try insertion.bind(position.arm.rawValue)
    } else {
      try insertion.bindNull()
      try insertion.bindNull()
    }
    return try insertion.insert()
  }

  /// The facts that are stored of a process: those of its line, and that its order is assumed where
  /// it is.
  private func workerFacts(of process: InterchangeProcess) throws -> String {
    guard !process.isOrderKnown else { return process.facts.workerFacts }
    return try remembered([process.facts.workerFacts]) { facts in facts.isOrderAssumed = true }
  }

  private func find(_ process: InterchangeProcess, in location: Location) throws -> Stored? {
    try lookUp.bind(process.id)
    return try lookUp.first { row in
      let found = Location(
        session: try row.integer(1), build: try row.integer(2), benchmark: try row.integer(3))
      guard found == location else {
        throw StoreError.conflict(
          path: "the line",
          detail: "process \(ColumnCoding.text(process.id)) is stored with another session, "
            + "build or benchmark")
      }
      return Stored(
        id: try row.integer(0), location: location, isNew: false, facts: try row.text(4))
    }
  }

  /// Adds the units of a later line to the facts of its process.
  func note(_ facts: InterchangeProcessFacts, of process: Stored) throws {
    guard facts.workerFacts != "{}", facts.workerFacts != process.facts else { return }
    let text = try merged(process.facts, facts.workerFacts)
    guard text != process.facts else { return }
    try update.bind(text)
    try update.bind(process.id)
    try update.run()
    process.facts = text
  }

  private func merged(_ stored: String, _ added: String) throws -> String {
    try remembered([stored, added]) { facts in
      let units = try ColumnCoding.decode(WorkerFacts.self, fromJSON: added).originalUnits ?? [:]
      if units.isEmpty { return }
      facts.originalUnits = (facts.originalUnits ?? [:]).merging(units) { $1 }
    }
  }

  /// The first of `texts` with a change, which depends on the others only and is made once.
  private func remembered(
    _ texts: [String], _ change: (inout WorkerFacts) throws -> Void
  ) throws -> String {
    if let known = changed[texts] { return known }
    let original = try ColumnCoding.decode(WorkerFacts.self, fromJSON: texts[0])
    var facts = original
    try change(&facts)
    let text =
      facts == original ? texts[0] : try ColumnCoding.json(facts, "the facts of a process")
    if changed.count > 1000 { changed = [:] }
    changed[texts] = text
    return text
  }
}
