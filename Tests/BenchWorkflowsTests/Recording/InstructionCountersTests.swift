import BenchRunner
import BenchWorkflows
import Testing

@Suite("Executables whose instructions are counted")
struct InstructionCountersTests {
  private func executable(_ path: String) -> SuiteExecutable {
    MeasuredExample.executable(
      of: MeasuredExample.commit(1), worker: WorkerProcess(command: [path]))
  }

  @Test("where every executable can be counted, nothing is said")
  func countable() throws {
    let notes = try InstructionCounters.notes(on: [
      (executable("/build/one"), .alongside), (executable("/build/two"), .underCallgrind),
    ])
    #expect(notes.isEmpty)
  }

  @Test("an executable that can't be counted is named where another can")
  func oneObstacle() throws {
    let notes = try InstructionCounters.notes(on: [
      (executable("/build/one"), .alongside),
      (executable("/build/two"), .impossible("it does not know how")),
    ])
    #expect(notes == ["The instructions of two can't be counted: it does not know how."])
  }

  @Test("where none can be counted, the option was given in vain")
  func onlyObstacles() {
    let failure = #expect(throws: CommandFailure.self) {
      try InstructionCounters.notes(on: [
        (executable("/build/one"), .impossible("first reason")),
        (executable("/build/two"), .impossible("second reason")),
      ])
    }
    #expect(
      failure?.message
        == "The instructions of one can't be counted: first reason. The instructions of two can't "
        + "be counted: second reason. Leave out --counter instructions.")
  }
}
