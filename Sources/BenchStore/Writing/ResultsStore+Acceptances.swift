package import BenchModel
package import Foundation
internal import GRDB

extension ResultsStore {
  package func add(_ acceptance: Acceptance) throws(StoreError) {
    try write { database, _ in
      _ = try AcceptanceRow.add(StoredAcceptance(acceptance), to: database)
    }
  }

  /// Every acceptance, the withdrawn ones included, in the order of their series and days.
  package func acceptances() throws(StoreError) -> [StoredAcceptance] {
    try read { try AcceptanceRow.all($0) }
  }

  /// Takes acceptances back, one that is known only from a file too: it is stored as withdrawn.
  package func withdraw(_ acceptances: [Acceptance], at date: Date) throws(StoreError) {
    let known = Set(try self.acceptances().map(\.acceptance.id))
    for acceptance in acceptances where !known.contains(acceptance.id) { try add(acceptance) }
    try write { database, _ in
      for acceptance in acceptances {
        try database.run(
          "UPDATE acceptance SET withdrawn_ms = ? WHERE uuid = ? AND withdrawn_ms IS NULL",
          ColumnCoding.milliseconds(date), .text(ColumnCoding.text(acceptance.id)))
      }
    }
  }
}
