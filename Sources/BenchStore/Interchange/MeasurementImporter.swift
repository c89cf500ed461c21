internal import BenchModel
internal import Foundation
internal import GRDB

/// The rows of imported measurements and their samples.
final class MeasurementImporter {
  enum Outcome { case added, grown, unchanged }

  private struct Stored: Equatable {
    let id: Int64
    var values: [Double]
    var iterations: [Int]
    let warmUpCount: Int
    let level: ValueLevel
  }

  private let database: Database
  /// The most samples of one process, as many as a line of an export may have.
  private let sampleLimit: Int
  private let insertion: BulkStatement
  private let samples: BulkStatement
  private let lookUp: BulkStatement
  private let update: BulkStatement
  private let sampleUpdate: BulkStatement
  /// The text of the samples that are being bound.
  private var text: [UInt8] = []

  init(_ database: Database, sampleLimit: Int) throws {
    self.database = database
    self.sampleLimit = sampleLimit
    insertion = try BulkStatement(
      database,
      """
      INSERT INTO measurement (process_id, series_id, level, warm_up_count, sample_count,
        iterations_total, minimum, lower_quartile, median, upper_quartile, maximum, mean, deviation,
        is_gate, tolerance, turn_samples, turn_uncounted, shift)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (process_id, series_id) DO NOTHING
      """)
    samples = try BulkStatement(
      database,
      "INSERT INTO sample_array (measurement_id, value_array, iterations) VALUES (?, ?, ?)")
    lookUp = try BulkStatement(
      database,
      """
      SELECT measurement.id, value_array, iterations, warm_up_count, level
      FROM measurement JOIN sample_array ON sample_array.measurement_id = measurement.id
      WHERE process_id = ? AND series_id = ?
      """, table: "measurement")
    update = try BulkStatement(
      database,
      """
      UPDATE measurement SET (level, warm_up_count, sample_count, iterations_total, minimum,
        lower_quartile, median, upper_quartile, maximum, mean, deviation)
        = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?
      """)
    sampleUpdate = try BulkStatement(
      database,
      "UPDATE sample_array SET value_array = ?, iterations = ? WHERE measurement_id = ?")
  }

  func add(_ record: InterchangeRecord, process: Int64, series: Int64) throws -> Outcome {
    try insertion.bind(process)
    try insertion.bind(series)
    try bindSummary(
      insertion, level: record.level, values: record.values, iterations: record.iterations,
      warmUpCount: record.warmUpCount, turns: record.turns)
    try insertion.bind(record.series.metric.isGate ? 1 : 0)
    if let tolerance = record.series.metric.tolerance {
      try insertion.bind(tolerance)
    } else {
      try insertion.bindNull()
    }
    if let turns = record.turns {
      try insertion.bind(turns.samples)
      try insertion.bind(turns.uncounted)
    } else {
      try insertion.bindNull()
      try insertion.bindNull()
    }
    if let shift = record.shift { try insertion.bind(shift) } else { try insertion.bindNull() }
    if let id = try insertion.insert() {
      try samples.bind(id)
      try bindSamples(samples, record.values, record.iterations)
      try samples.run()
      return .added
    }
    return try compare(record, with: stored(process: process, series: series))
  }

  private func bindSummary(
    _ statement: BulkStatement, level: ValueLevel, values: [Double], iterations: [Int],
    warmUpCount: Int, turns: SampleTurns? = nil
  ) throws {
    let summary = MeasurementSummary(
      of: turns?.counted(values, warmUpCount: warmUpCount) ?? Array(values.dropFirst(warmUpCount)))
    try statement.bind(level.rawValue)
    try statement.bind(warmUpCount)
    try statement.bind(summary.count)
    try statement.bind(iterations.dropFirst(warmUpCount).reduce(0, +))
    for value in [
      summary.minimum, summary.lowerQuartile, summary.median, summary.upperQuartile,
      summary.maximum, summary.mean, summary.deviation,
    ] {
      guard value.isFinite else {
        statement.startOver()
        throw StoreError.unstorable(
          what: "the summary of the samples", detail: "they are too large to add up")
      }
      try statement.bind(value)
    }
  }

  private func bindSamples(
    _ statement: BulkStatement, _ values: [Double], _ iterations: [Int]
  ) throws {
    guard SampleCodec.encode(values: values, into: &text) else {
      throw StoreError.unstorable(what: "a sample", detail: "it is not a finite number")
    }
    try statement.bind(utf8: text)
    try statement.bind(SampleCodec.encode(iterations: iterations))
  }

  // MARK: What is stored already

  private func stored(process: Int64, series: Int64) throws -> Stored {
    try lookUp.bind(process)
    try lookUp.bind(series)
    let found = try lookUp.first { row in
      guard let values = SampleCodec.decodeValues(try row.text(1)) else {
        throw row.invalid(1, "it is not an array of numbers")
      }
      guard let iterations = SampleCodec.decodeIterations(try row.text(2), count: values.count)
      else { throw row.invalid(2, "it does not give the iterations of \(values.count) samples") }
      return Stored(
        id: try row.integer(0), values: values, iterations: iterations,
        warmUpCount: try row.count(3), level: try row.choice(4))
    }
    guard let found else {
      throw SQLiteFailure(code: 1, message: "a measurement was neither stored nor found")
    }
    return found
  }

  private func compare(_ record: InterchangeRecord, with stored: Stored) throws -> Outcome {
    let isSame =
      stored.values == record.values && stored.iterations == record.iterations
      && stored.warmUpCount == record.warmUpCount && stored.level == record.level
    if isSame { return .unchanged }
    guard !record.process.isNamed, stored.level == record.level, record.warmUpCount == 0 else {
      throw StoreError.conflict(
        path: "the line",
        detail: "its process and series are stored with other samples; give each process a name "
          + "of its own ('process'), or all samples of one in one line")
    }
    if Self.contains(stored, record) { return .unchanged }
    try grow(stored, by: record)
    return .grown
  }

  /// Whether the samples of the line occur in the stored ones without a gap, so that the line was
  /// imported before.
  private static func contains(_ stored: Stored, _ record: InterchangeRecord) -> Bool {
    let count = record.values.count
    guard count <= stored.values.count, let first = record.values.first else { return false }
    return stored.values.indices.dropLast(count - 1).contains { start in
      stored.values[start] == first
        && stored.values[start..<start + count].elementsEqual(record.values)
        && stored.iterations[start..<start + count].elementsEqual(record.iterations)
    }
  }

  private func grow(_ stored: Stored, by record: InterchangeRecord) throws {
    let values = stored.values + record.values
    guard values.count <= sampleLimit else {
      throw StoreError.unstorable(
        what: "the samples of one process", detail: "they are more than \(sampleLimit)")
    }
    let iterations = stored.iterations + record.iterations
    try bindSummary(
      update, level: stored.level, values: values, iterations: iterations,
      warmUpCount: stored.warmUpCount)
    try update.bind(stored.id)
    try update.run()
    try bindSamples(sampleUpdate, values, iterations)
    try sampleUpdate.bind(stored.id)
    try sampleUpdate.run()
  }
}
