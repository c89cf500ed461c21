import BenchModel
import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("benchdb doctor and machine")
struct DoctorRequestTests {
  private let observation = MachineObservation(
    seconds: 3, machine: StoredExample.machine, state: MachineState())

  @Test("without a database the machine alone is told of")
  func noDatabase() throws {
    try withWorkflowProject { project in
      let health = try DoctorRequest(in: project.workspace()).health()
      #expect(health == nil)
      let answer = DoctorRequest.answer(observation, health)
      #expect(answer.failure == nil)
      #expect(
        answer.text(.text).hasSuffix(
          "There is no results database yet; `benchdb record` makes one.\n"))
      #expect(answer.text(.json).hasPrefix("{"))
    }
  }

  @Test("a database is told of, and one that is damaged fails after the answer")
  func database() throws {
    try withWorkflowProject { project in
      try project.record(try project.commit("First"))
      let health = try #require(try DoctorRequest(in: project.workspace()).health())
      #expect(health.isIntact && DoctorRequest.answer(observation, health).failure == nil)
      let damaged = DatabaseHealth(
        path: health.path, sizeBytes: 1, walBytes: 0, schemaVersion: 1, pageBytes: 1, pages: 1,
        freePages: 0, tables: [], integrity: "page 3 is never used", oldestRun: nil,
        newestRun: nil)
      let failure = DoctorRequest.answer(observation, damaged).failure
      #expect(failure?.message == "the database \(health.path) is damaged; see above.")
    }
  }

  @Test("a watch has a length, which a wrong flag does not begin")
  func seconds() throws {
    try withWorkflowProject { project in
      expectFailure("--seconds: '0' is not a value for it; expected a number of seconds from 0.1") {
        _ = try DoctorRequest(seconds: "0", in: project.workspace()).run()
      }
    }
  }

  @Test("a machine is shown with every fact of its class")
  func machine() {
    let answer = MachineRequest().run()
    let machine = MachineProbe().machineClass()
    #expect(answer.text(.text, width: 200).contains(machine.architecture))
    #expect(answer.text(.json).contains("\"\(machine.architecture)\""))
  }
}
