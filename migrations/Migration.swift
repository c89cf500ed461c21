/// One step of the schema's history: a file of SQL, compiled in.
///
/// Migrations are history. A released one is never edited, only followed by the next.
package struct Migration: Sendable, Hashable {
  /// The four digits of its file's name, from 1 without holes; the database's `user_version` once
  /// it is applied.
  package let number: Int
  /// What it does, as in its file's name: `create_tables`.
  package let name: String
  package let sql: String

  package init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }

  /// `0001_create_tables.sql`
  package var fileName: String { "\(Migration.digits(of: number))_\(name).sql" }

  /// Four digits, as file names and copies of databases carry them.
  package static func digits(of number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Migration {
  /// Every migration, oldest first. A new file in `sql` gets its line here.
  package static let all: [Migration] = [
    Migration(
      number: 1, name: "create_tables",
      sql: String(decoding: PackageResources._001_create_tables_sql, as: UTF8.self)),
    Migration(
      number: 2, name: "add_rounds",
      sql: String(decoding: PackageResources._002_add_rounds_sql, as: UTF8.self)),
    Migration(
      number: 3, name: "add_acceptances",
      sql: String(decoding: PackageResources._003_add_acceptances_sql, as: UTF8.self)),
    Migration(
      number: 4, name: "rename_terms",
      sql: String(decoding: PackageResources._004_rename_terms_sql, as: UTF8.self)),
    Migration(
      number: 5, name: "add_turns",
      sql: String(decoding: PackageResources._005_add_turns_sql, as: UTF8.self)),
    Migration(
      number: 6, name: "allow_unknown_dates",
      sql: String(decoding: PackageResources._006_allow_unknown_dates_sql, as: UTF8.self)),
  ]
}
