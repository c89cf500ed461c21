import BenchFormats
import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("What export writes, import reads")
struct HostileRecordsTests {
  @Test(
    "whatever a database holds, its export is imported, and exported again as the same bytes",
    arguments: 1...12 as ClosedRange<UInt64>)
  func roundTrips(_ seed: UInt64) throws {
    try withStore { store in
      var database = HostileDatabase(seed: seed)
      try database.fill(store)
      let text = try exported(store)
      try withStore { copy in
        let counts = try imported(text, into: copy)
        #expect(counts.unchanged == 0, "seed \(seed)")
        #expect(try exported(copy) == text, "seed \(seed)")
        #expect(try imported(text, into: copy).measurements == 0, "seed \(seed)")
        #expect(try copy.baselines().map(\.note) == store.baselines().map(\.note), "seed \(seed)")
      }
    }
  }

  @Test("a subject and an author that an earlier version stored whole are exported cut")
  func cutsOlderTexts() throws {
    try withDatabase { path in
      let long = String(repeating: "é", count: 2500)
      try Raw(path).run("UPDATE git_commit SET subject = '\(long)', author = '\(long)'")
      let store = try ResultsStore.open(path, access: .readOnly)
      defer { try? store.close() }
      let text = try exported(store)
      #expect(String(decoding: text, as: UTF8.self).contains("é…\",\"author\":\"éé"))
      try withStore { copy in
        _ = try imported(text, into: copy)
        let commit = try #require(try copy.runs().first).run.revision.commit
        #expect(commit.subject.utf8.count == 4095 && commit.subject.hasSuffix("é…"))
        #expect(commit.author == commit.subject)
      }
    }
  }

  @Test("a unit that a worker declared is not converted on the way")
  func keepsUnits() throws {
    try withStore { store in
      let metric = Metric(name: "latency", unit: Unit(rawValue: "ms"), isGate: true)
      let session = try beginSession(store)
      let benchmark = BenchmarkDeclaration(key: BenchmarkKey(id: "a/b"), metrics: [metric])
      try store.save(
        StoredExample.process(
          in: session, benchmark: benchmark,
          measurements: [StoredExample.measurement(metric, [2.5])]))
      try withStore { copy in
        _ = try imported(exported(store), into: copy)
        let process = try #require(try copy.processes(ofRun: session.run).first)
        #expect(process.measurements.map(\.metric) == [metric])
        #expect(process.measurements.map(\.values) == [[2.5]])
        #expect(process.facts.originalUnits == nil)
      }
    }
  }

  @Test("samples that would no longer fit into a line of an export are not stored")
  func refusesTooManySamples() throws {
    try withStore { store in
      func add(_ values: String) throws -> Result<ImportCounts, any Error> {
        let text = """
          {"benchdb":1}
          {"commit":"\(StoredExample.commit(1).hash)","benchmark":"a/b","metric":"wall",\
          "unit":"ns","session":"s","values":[\(values)]}\n
          """
        var reader = reader(of: Array(text.utf8))
        return try store.importing(sampleLimit: 5) { importer in
          Result { while let record = try reader.next() { try importer.add(record) } }
        }
      }
      _ = try add("1,2,3").get()
      _ = try add("4,5").get()
      let more = try add("6")
      #expect(throws: StoreError.self) { try more.get() }
      #expect(try answer(store, "SELECT max(sample_count) FROM measurement") == [[.integer(5)]])
    }
  }
}
