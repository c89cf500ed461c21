import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Names of one machine")
struct MachineNamesTests {
  private static let names = ["CI large", "ci  LARGE "]

  private func line(_ number: Int, on machine: String) -> String {
    """
    {"commit":"\(StoredExample.commit(number).hash)","benchmark":"a/b","metric":"wall",\
    "unit":"ns","machine":"\(machine)","session":"s-\(number)","process":"p","values":[\(number)]}\n
    """
  }

  private func machine(_ name: String) -> MachineClass {
    MachineClass(
      architecture: "", cpuModel: name, cores: 0, memoryBucketGiB: 0, system: "",
      virtualisation: "", containerLimits: "", runnerImage: "")
  }

  /// Commits 1 and 2, each on one of the names.
  private var text: [UInt8] {
    let lines = Self.names.enumerated().map { line($0 + 1, on: $1) }
    return Array(("{\"benchdb\":1}\n" + lines.joined()).utf8)
  }

  private func expectOneMachine(_ store: ResultsStore) throws {
    #expect(try store.machineClasses().map(\.cpuModel) == ["CI large"])
    let hashes = [2, 1].map { StoredExample.commit($0).hash }
    for name in Self.names {
      for (distance, hash) in hashes.enumerated() {
        let selection = SeriesSelection.revision(commit: hash, differenceHash: nil)
        #expect(try store.seriesData(of: selection, machine: machine(name)).count == 1)
        let found = try store.nearestMeasured(
          among: hashes.dropFirst(distance), machine: machine(name))
        #expect(found?.distance == 0)
      }
      let series = try #require(try store.series().first)
      #expect(try store.history(of: series, machine: machine(name)).count == 2)
    }
  }

  @Test("what is recorded or imported under another spelling belongs to the class that is there")
  func joinsAtTheDoor() throws {
    try withStore { store in
      _ = try imported(text, into: store)
      #expect(try answer(store, "SELECT count(*) FROM machine_class") == [[.integer(1)]])
      try expectOneMachine(store)
      let run = StoredExample.run(3)
      try store.begin(run)
      try store.begin(
        Session(
          run: run.id, machine: machine("CI LARGE"), state: MachineState(), started: run.started))
      #expect(try answer(store, "SELECT count(*) FROM machine_class") == [[.integer(1)]])
    }
  }

  @Test("a database in which an earlier version made several classes of one reads as one")
  func joinsOlderRows() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite", directoryHint: .notDirectory).path
      let made = try ResultsStore.open(path, access: .readWrite)
      _ = try imported(text, into: made)
      try made.close()
      let raw = try Raw(path)
      try raw.run(
        """
        INSERT INTO machine_class (id, architecture, cpu_model, cores, memory_gib, system,
          virtualisation, container_limits, runner_image)
        SELECT 2, architecture, 'ci  LARGE ', cores, memory_gib, system, virtualisation,
          container_limits, runner_image FROM machine_class;
        UPDATE session SET machine_class_id = 2 WHERE id = 2
        """)
      let store = try ResultsStore.open(path, access: .readOnly)
      defer { try? store.close() }
      try expectOneMachine(store)
      let lines = try exported(store)
      try withStore { copy in
        _ = try imported(lines, into: copy)
        #expect(try exported(copy) == lines)
      }
    }
  }
}
