package import BenchModel
package import Foundation
internal import GRDB

extension ResultsStore {
  package func add(_ acceptance: Acceptance) throws(StoreError) { try add([acceptance]) }

  /// Adds all of them or, where one cannot be stored, none.
  package func add(_ acceptances: [Acceptance]) throws(StoreError) {
    try write { database, _ in
      for acceptance in acceptances {
        _ = try AcceptanceRow.add(StoredAcceptance(acceptance), to: database)
      }
    }
  }

  /// Every acceptance, including withdrawn ones, sorted by series and day:
  ///
  /// ```sql
  /// SELECT … FROM acceptance ORDER BY benchmark, parameters, metric, accepted_on, uuid
  /// ```
  package func acceptances() throws(StoreError) -> [StoredAcceptance] {
    try read { try AcceptanceRow.all($0) }
  }

  /// Withdraws acceptances:
  ///
  /// ```sql
  /// UPDATE acceptance SET withdrawn_ms = ? WHERE uuid = ? AND withdrawn_ms IS NULL
  /// ```
  ///
  /// One that is known only from a file is added as withdrawn.
  package func withdraw(_ acceptances: [Acceptance], at date: Date) throws(StoreError) {
    let known = Set(try self.acceptances().map(\.acceptance.id))
    try write { database, _ in
      for acceptance in acceptances {
        if !known.contains(acceptance.id) {
          _ = try AcceptanceRow.add(StoredAcceptance(acceptance), to: database)
        }
        try database.run(
          "UPDATE acceptance SET withdrawn_ms = ? WHERE uuid = ? AND withdrawn_ms IS NULL",
          ColumnCoding.milliseconds(date), .text(ColumnCoding.text(acceptance.id)))
      }
    }
  }
}
