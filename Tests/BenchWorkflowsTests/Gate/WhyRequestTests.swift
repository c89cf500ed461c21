import BenchWorkflows
import Testing

@Suite("benchdb show --why")
struct WhyRequestTests {
  private func withSides(_ body: (WorkflowProject) throws -> Void) throws {
    try withWorkflowProject { project in
      try project.record(try project.commit("Base"))
      try project.record(try project.commit("Head"), allocations: 1500)
      try body(project)
    }
  }

  @Test(
    "a series, a benchmark with or without its parameters, or the beginning of one is explained",
    arguments: [
      "throughput/grouped records=1000 · wall", "throughput/grouped records=1000",
      "throughput/grouped", "throughput/gr",
    ])
  func subjects(_ subject: String) throws {
    try withSides { project in
      let answer = try WhyRequest(subject, in: project.workspace()).run()
      #expect(answer.text(.text).contains("throughput/grouped records=1000"))
      #expect(answer.text(.json).contains("\"throughput/grouped\""))
    }
  }

  @Test("a name that neither side measured is pointed out")
  func unknown() throws {
    try withSides { project in
      expectFailure("no series 'throughput/gruoped'".replacing("no", with: "a")) {
        _ = try WhyRequest("throughput/gruoped", in: project.workspace()).run()
      }
      expectFailure("Did you mean 'throughput/grouped'?") {
        _ = try WhyRequest("troughput/grouped", in: project.workspace()).run()
      }
      expectFailure("`benchdb compare --all` lists those that are there.") {
        _ = try WhyRequest("zzz", in: project.workspace()).run()
      }
    }
  }
}
