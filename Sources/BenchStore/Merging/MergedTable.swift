/// The rule by which the rows of one table of two databases become one.
///
/// Rows are identified by their contents: a row is the same in both databases where its key is,
/// with the row ids of other tables translated first. Where the other columns differ, the greater
/// row stays, by an order of contents alone. The greater of two is the same whichever database is
/// asked first, and asking again changes nothing. That makes merging commutative, associative and
/// idempotent.
struct MergedTable: Sendable {
  let name: String
  /// The columns that identify a row.
  let key: [String]
  /// The columns that hold the row id of another table, and that table.
  let references: [String: String]
  /// Whether rows have an id to which other tables refer.
  let isNumbered: Bool
  /// Expressions in `ROW`, the most important first, that order two rows with the same key. Ties
  /// are broken by all columns that refer to nothing. `nil` where rows with the same key are the
  /// same.
  let order: [String]?

  init(
    _ name: String, key: [String], references: [String: String] = [:], isNumbered: Bool = true,
    order: [String]? = nil
  ) {
    self.name = name
    self.key = key
    self.references = references
    self.isNumbered = isNumbered
    self.order = order
  }

  /// Every table that is merged by this rule, each after the tables it refers to.
  static let contexts: [MergedTable] = [
    MergedTable(
      "machine_class",
      key: [
        "architecture", "cpu_model", "cores", "memory_gib", "system", "virtualisation",
        "container_limits", "runner_image",
      ]),
    // An import may have no more of a commit than its hash; the complete one is greater.
    MergedTable(
      "git_commit", key: ["hash"], order: ["ROW.tree <> ''", "ROW.committed_ms IS NOT NULL"]),
    MergedTable(
      "git_parent", key: ["commit_id", "position"], references: ["commit_id": "git_commit"],
      isNumbered: false, order: []),
    MergedTable("toolchain", key: ["name"]),
    MergedTable(
      "build", key: ["commit_id", "difference_hash", "toolchain_id", "binary_hash"],
      references: ["commit_id": "git_commit", "toolchain_id": "toolchain"]),
    // Of two states of one run, the later one is greater.
    MergedTable(
      "run", key: ["uuid"], references: ["commit_id": "git_commit"],
      order: [
        "CASE ROW.status WHEN 'running' THEN 0 WHEN 'interrupted' THEN 1 ELSE 2 END",
        "coalesce(ROW.finished_ms, 0)",
      ]),
    MergedTable(
      "session", key: ["uuid"],
      references: ["run_id": "run", "machine_class_id": "machine_class"], order: []),
    MergedTable(
      "baseline", key: ["name"], references: ["commit_id": "git_commit"], isNumbered: false,
      order: [
        "ROW.created_ms", "(SELECT hash FROM main.git_commit WHERE id = ROW.commit_id)",
      ]),
    // An acceptance that one side has withdrawn is withdrawn, since the earlier of the two days.
    MergedTable(
      "acceptance", key: ["uuid"], isNumbered: false,
      order: ["ROW.withdrawn_ms IS NOT NULL", "-coalesce(ROW.withdrawn_ms, 0)"]),
  ]

  static let benchmark = MergedTable("benchmark", key: ["name", "parameters", "version"])
  static let series = MergedTable(
    "series", key: ["benchmark_id", "metric", "unit", "direction"],
    references: ["benchmark_id": "benchmark"])
  static let process = MergedTable(
    "process", key: ["uuid"],
    references: ["session_id": "session", "build_id": "build", "benchmark_id": "benchmark"],
    order: [])
  static let measurement = MergedTable(
    "measurement", key: ["process_id", "series_id"],
    references: ["process_id": "process", "series_id": "series"])

  /// The tables that are merged by rules of their own, or not at all, such as the list of
  /// migrations.
  static let others = ["sample_array", "schema_migration"]

  /// Every table of the schema; a table that a migration adds needs a line above.
  static var names: [String] {
    contexts.map(\.name) + [benchmark, series, process, measurement].map(\.name) + others
  }
}

extension MergedTable {
  /// Inserts the new rows of `other`, and keeps the greater row of two with the same key.
  ///
  /// - Parameters:
  ///   - columns: every column but the row id.
  ///   - condition: selects rows of `other`, called `theirs`.
  /// - Returns: one statement.
  func insertion(columns: [String], where condition: String = "1") -> String {
    let values = columns.map { column in
      references[column] == nil ? "theirs.\(column)" : "\(translation(column)).ours"
    }
    return """
      INSERT INTO main.\(name) AS mine (\(columns.joined(separator: ", ")))
      SELECT \(values.joined(separator: ", ")) FROM \(source) WHERE \(condition)
      ON CONFLICT (\(key.joined(separator: ", "))) \(conflict(columns))
      """
  }

  /// The statement that fills the table which translates row ids.
  func translating(where condition: String = "1") -> String {
    let matches = key.map { column in
      "mine.\(column) = "
        + (references[column] == nil ? "theirs.\(column)" : "\(translation(column)).ours")
    }
    return """
      INSERT INTO temp.merged_\(name) (theirs, ours) SELECT theirs.id, mine.id FROM \(source)
      CROSS JOIN main.\(name) AS mine ON \(matches.joined(separator: " AND "))
      WHERE \(condition)
      """
  }

  /// The rows of `other`, joined with the translations of the ids they refer to.
  var source: String {
    references.keys.sorted().reduce("other.\(name) AS theirs") { text, column in
      text
        + " CROSS JOIN temp.merged_\(references[column] ?? "") AS \(translation(column)) "
        + "ON \(translation(column)).theirs = theirs.\(column)"
    }
  }

  func translation(_ column: String) -> String { "their_\(column)" }

  private func conflict(_ columns: [String]) -> String {
    guard let order else { return "DO NOTHING" }
    // Columns are quoted, so that null has a position in the order too.
    let rest = columns.filter { references[$0] == nil && !key.contains($0) }
      .map { "quote(ROW.\($0))" }
    func row(_ alias: String) -> String {
      (order + rest).map { $0.replacing("ROW.", with: alias + ".") }.joined(separator: ", ")
    }
    let changes = columns.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
    return """
      DO UPDATE SET \(changes.joined(separator: ", "))
      WHERE (\(row("excluded"))) > (\(row("mine")))
      """
  }
}
