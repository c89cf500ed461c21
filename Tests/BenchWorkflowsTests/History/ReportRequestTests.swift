import BenchModel
import BenchTestSupport
import BenchWorkflows
import Foundation
import ReportLanguage
import Testing

@Suite("benchdb report")
struct ReportRequestTests {
  private static let definition = """
    report mine "Mine" {
      source series
      parameter metric: string = "wall"
      filter metric = $metric
      band detail {
        field benchmark heading "Benchmark" width 40
      }
    }
    """

  private func withResults(_ body: (WorkflowProject) throws -> Void) throws {
    try withWorkflowProject { project in
      try project.record(try project.commit("First"))
      try project.write(Self.definition, to: "mine.report")
      try body(project)
    }
  }

  private func written(
    _ project: WorkflowProject, _ name: String, _ format: ReportFormat = .text,
    parameters: [String] = []
  ) throws -> String {
    let path = project.path("answer.txt")
    try ReportRequest(name, in: project.workspace())
      .write(format, to: path, parameters: parameters)
    return try project.text(of: "answer.txt")
  }

  @Test("a definition of one's own and those that come with the tool are written, in any format")
  func formats() throws {
    try withResults { project in
      for name in [project.path("mine.report"), "results", "slowest", "runs", "noisiest"] {
        for format in ReportFormat.allCases {
          let parameters = name == "slowest" ? ["metric=wall"] : []
          let text = try written(project, name, format, parameters: parameters)
          #expect(!text.isEmpty, "\(name) \(format)")
        }
      }
      #expect(try written(project, project.path("mine.report")).contains("throughput/grouped"))
    }
  }

  @Test("parameters choose what is shown, and a wrong one is refused")
  func parameters() throws {
    try withResults { project in
      let name = project.path("mine.report")
      let none = try written(project, name, .csv, parameters: ["metric=nothing=at all"])
      #expect(!none.contains("throughput/grouped"))
      for parameter in ["metrik=wall", "metrik", ""] {
        expectFailure("metri") {
          _ = try written(project, name, parameters: [parameter, "metri=x"])
        }
      }
    }
  }

  @Test("a definition is checked without running it, with all that is wrong and where")
  func checking() throws {
    try withResults { project in
      let name = project.path("mine.report")
      #expect(
        try ReportRequest(name, in: project.workspace()).check.lines
          == ["\(name): nothing is wrong."])
      try project.write(
        Self.definition.replacing("field benchmark", with: "field benchmrak"), to: "mine.report")
      expectFailure("\(name):6:") { _ = try ReportRequest(name, in: project.workspace()) }
      expectFailure("benchmark") { _ = try ReportRequest(name, in: project.workspace()) }
    }
  }

  @Test("a name that is neither a file nor a definition is pointed out")
  func unknown() throws {
    try withResults { project in
      expectFailure("'slowset' is neither a file that can be read nor one of") {
        _ = try ReportRequest("slowset", in: project.workspace())
      }
      expectFailure("Did you mean slowest?") {
        _ = try ReportRequest("slowset", in: project.workspace())
      }
    }
  }

  @Test("an answer never replaces its own definition")
  func protected() throws {
    try withResults { project in
      let name = project.path("mine.report")
      expectFailure("is what the answer is made from") {
        try ReportRequest(name, in: project.workspace()).write(.text, to: name)
      }
      let definition = try project.text(of: "mine.report")
      #expect(definition == Self.definition)
    }
  }

  @Test("the listing has every definition with its parameters, and every source with its fields")
  func listing() throws {
    let text = try #require(try ReportListing.answer().lines.first)
    for name in ["slowest", "history", "results", "--param metric=… (string", "Source results,"] {
      #expect(text.contains(name), "\(name)")
    }
    let schemas = try ReportSource.schemas()
    #expect(schemas.keys.sorted() == ["measurements", "results", "runs", "samples", "series"])
  }
}
