import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// Tests that run Valgrind are skipped where it is missing, since the tests do not require it.
@Suite("Callgrind") struct CallgrindTests {
  static let isInstalled =
    (try? ChildProcess(["valgrind", "--version"]).capture().exit.isSuccess) ?? false

  @Test(
    "a worker under callgrind runs as a copy beside what lies beside the original, with fixed hashes",
    .enabled(if: isInstalled, "valgrind is not installed"))
  func worker() throws {
    try withTemporaryDirectory { folder in
      let executable = folder.appending(path: "tool")
      try FileManager.default.copyItem(at: URL(filePath: "/bin/true"), to: executable)
      try Data("x".utf8).write(to: folder.appending(path: "resource"))
      let storage = folder.appending(path: "store 100%").path
      do {
        let callgrind = try CallgrindWorker(
          WorkerProcess(command: [executable.path, "--flag"]), storage: storage)
        let worker = callgrind.worker
        let copy = try #require(worker.command.dropLast().last)
        #expect(worker.command[0] == "valgrind" && worker.command.last == "--flag")
        #expect(worker.hasFixedAddresses)
        #expect(worker.environment["SWIFT_DETERMINISTIC_HASHING"] == "1")
        #expect(copy.hasPrefix(storage + "/callgrind/") && copy.hasSuffix("/tool"))
        let resource = URL(filePath: copy).deletingLastPathComponent().appending(path: "resource")
        #expect(try String(contentsOf: resource, encoding: .utf8) == "x")
        // The path at which counts are found is the one that callgrind is told, its per cent sign
        // doubled.
        let counts = try #require(worker.environment[WorkerProtocol.countsVariable])
        #expect(
          worker.command.contains(
            "--callgrind-out-file=" + counts.replacing("%", with: "%%")))
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: storage + "/callgrind")
      #expect(left.isEmpty, "the copy is removed with its last owner")
    }
  }

  @Test("a process with fixed addresses has its stack where the next one has it")
  func fixedAddresses() throws {
    #if os(Linux)
      func stack(isFixed: Bool) throws -> String {
        var child = ChildProcess(["cat", "/proc/self/maps"])
        child.hasFixedAddresses = isFixed
        let maps = try child.capture().text
        return maps.split(separator: "\n").first { $0.hasSuffix("[stack]") }
          .map { String($0.prefix { $0 != " " }) } ?? ""
      }
      let first = try stack(isFixed: true)
      #expect(!first.isEmpty)
      // A container may forbid it; then nothing is expected.
      if first.hasPrefix("7ffffff") {
        #expect(try stack(isFixed: true) == first)
        let loose = try (0..<4).map { _ in try stack(isFixed: false) }
        #expect(Set(loose + [first]).count > 1, "the next process must not inherit it")
      }
    #endif
  }

  @Test("instructions get processes of their own, of the benchmarks that have none yet")
  func schedule() throws {
    let declarations = ["s/a", "s/b"].map {
      BenchmarkDeclaration(key: BenchmarkKey(id: $0), metrics: [.cpu, .instructions])
    }
    let profile = Profile.smoke.counting([.instructions])
    let counted = Set([declarations[1].key])
    let schedule = try Schedule(
      declarations: declarations, profile: profile, seed: 3, counted: counted)
    let own = schedule.processes.filter { $0.pass == .instructions }
    #expect(own.map(\.benchmark.key.id) == ["s/b", "s/b"])
    #expect(own.map(\.repetition).sorted() == [0, 1])
    #expect(schedule.processes.map(\.order) == Array(0..<schedule.processes.count))
    let without = try Schedule(declarations: declarations, profile: profile, seed: 3)
    #expect(without.processes.count == schedule.processes.count - 2)
    #expect(without == (try Schedule(declarations: declarations, profile: profile, seed: 3)))
  }

  @Test("a paired plan counts instructions of both sides in its first rounds")
  func pairedPlan() {
    let keys = ["s/a", "s/b"].map { BenchmarkKey(id: $0) }
    let plan = PairedPlan(
      benchmarks: keys, countingRounds: 1, seed: 5, instructionRounds: 2, counted: [keys[0]])
    for number in 0..<3 {
      let own = plan.round(number, of: Set(keys)).filter { $0.pass == .instructions }
      #expect(Set(own.map(\.benchmark)) == (number < 2 ? [keys[0]] : []))
      #expect(own.count == (number < 2 ? 2 : 0))
      #expect(Set(own.map(\.position.arm)) == (number < 2 ? [.base, .head] : []))
    }
    let all = (0..<3).flatMap { plan.round($0, of: Set(keys)) }
    #expect(all.count == plan.size(ofRounds: 3))
    #expect(Set(all.map(\.order)) == Set(0..<all.count))
  }
}
