import BenchModel

/// The database part of `benchdb doctor` for programs: the facts, and `advice` as people read it.
///
/// `databaseSchemaVersion` is the file's own; `rows` counts them by table.
enum DatabaseHealthJSON {
  struct Document: Encodable {
    let path: String
    let size, writeAheadLog, pageSize: JSONNumber
    let pages, freePages, databaseSchemaVersion: Int
    let rows: [String: Int]
    let integrity: String
    let oldestRun, newestRun: String?
    let advice: [String]

    init(_ health: DatabaseHealth) {
      path = health.path
      size = JSONNumber(Double(health.sizeBytes), "B")
      writeAheadLog = JSONNumber(Double(health.walBytes), "B")
      pageSize = JSONNumber(Double(health.pageBytes), "B")
      (pages, freePages) = (health.pages, health.freePages)
      databaseSchemaVersion = health.schemaVersion
      rows = Dictionary(health.tables.map { ($0.table, $0.rows) }) { _, last in last }
      integrity = health.integrity
      oldestRun = health.oldestRun.map(Timestamp.machine)
      newestRun = health.newestRun.map(Timestamp.machine)
      advice = DatabaseAdvice.of(health)
    }
  }
}
