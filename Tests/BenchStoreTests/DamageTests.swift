import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Damaged databases")
struct DamageTests {
  @Test("Cut off at any 4 KiB boundary, a database is a clear error and is never changed")
  func truncation() throws {
    try withDatabase(processes: 40) { path in
      let whole = try #require(FileManager.default.contents(atPath: path))
      #expect(whole.count > 20 * 4096)
      for length in stride(from: 4096, to: whole.count, by: 4096) {
        let part = whole.prefix(length)
        try part.write(to: URL(fileURLWithPath: path))
        for access in [ResultsStore.Access.readOnly, .readWrite] {
          #expect(
            throws: StoreError.truncated(path: path, bytes: length, expected: whole.count)
          ) { try ResultsStore.open(path, access: access) }
        }
        #expect(FileManager.default.contents(atPath: path) == part)
      }
    }
  }

  @Test("Cut off beside a log that is still there, it is an error or all of the data")
  func truncationWithLog() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      let store = try ResultsStore.open(path, access: .readWrite)
      let session = try beginSession(store)
      for order in 0..<20 { try store.save(StoredExample.process(in: session, order: order)) }
      // These are the files of a recorder that was killed: no connection has folded the log into
      // the database.
      let whole = try #require(FileManager.default.contents(atPath: path))
      let log = try #require(FileManager.default.contents(atPath: path + "-wal"))
      let copy = folder.appending(path: "copy.sqlite").path
      var complete = 0
      for length in stride(from: 0, through: whole.count, by: 4096) {
        try whole.prefix(length).write(to: URL(fileURLWithPath: copy))
        try log.write(to: URL(fileURLWithPath: copy + "-wal"))
        try? FileManager.default.removeItem(atPath: copy + "-shm")
        do {
          let reader = try ResultsStore.open(copy, access: .readOnly)
          #expect(try reader.processes(ofRun: session.run).count == 20)
          complete += 1
        } catch let error as StoreError {
          #expect(isDamage(error), "\(error)")
        }
      }
      #expect(complete >= 1)
    }
  }

  @Test("Pages overwritten with noise are a clear error or correct data, never a crash")
  func noise() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    try withDatabase(processes: 20) { path in
      let whole = try #require(FileManager.default.contents(atPath: path))
      for _ in 0..<60 {
        var damaged = whole
        let page = Int.random(in: 0..<whole.count / 4096, using: &random)
        for _ in 0..<40 {
          let offset = page * 4096 + Int.random(in: 100..<4096, using: &random)
          damaged[offset] = UInt8.random(in: 0...255, using: &random)
        }
        try damaged.write(to: URL(fileURLWithPath: path))
        do {
          let store = try ResultsStore.open(path, access: .readOnly)
          for run in try store.runs() { _ = try store.processes(ofRun: run.run.id) }
          _ = try store.identicalCodeGroups(machine: StoredExample.machine)
          _ = try store.health()
        } catch is StoreError {
          // The error depends on the byte that was hit.
        } catch {
          Issue.record("\(error), seed \(seed)")
        }
      }
    }
  }

  private func isDamage(_ error: StoreError) -> Bool {
    switch error {
    case .corrupt, .truncated, .notSQLite: true
    default: false
    }
  }
}
