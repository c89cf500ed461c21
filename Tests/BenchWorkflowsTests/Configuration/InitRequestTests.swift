import BenchWorkflows
import Foundation
import Testing

@Suite("benchdb init")
struct InitRequestTests {
  @Test("a project without a Swift package gets an example that can be read at once")
  func example() throws {
    try withWorkflowProject { project in
      let answer = try InitRequest(in: project.workspace()).run()
      #expect(
        answer.lines == [
          "written: benchdb.toml", "next: name your benchmarks' executable in benchdb.toml",
        ])
      let configuration = try ConfigurationReader().read(try project.text(of: "benchdb.toml"))
      #expect(configuration.project == "project" && configuration.executables.isEmpty)
      #expect(!configuration.settings.isEmpty)
    }
  }

  @Test(
    "a project of another build system gets its build line, with the seed of a layout",
    arguments: [
      ("CMakeLists.txt", "cmake -B build"), ("Cargo.toml", "cargo rustc"), ("go.mod", "go build"),
      ("Makefile", #"["make", "benchmarks"]"#), ("GNUmakefile", "LDFLAGS += $${BENCHDB_LAYOUT:+"),
    ])
  func buildSystems(file: String, line: String) throws {
    try withWorkflowProject { project in
      try project.write("", to: file)
      _ = try InitRequest(in: project.workspace()).run()
      let text = try project.text(of: "benchdb.toml")
      #expect(text.contains(line) && text.contains("BENCHDB_LAYOUT"))
      #expect(try ConfigurationReader().read(text).executables.isEmpty)
      // The example is sound once its comment signs are taken away.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let start = try #require(lines.firstIndex { $0 == "# [[executable]]" })
      let example = lines[start...].prefix { $0.hasPrefix("#") }.map { $0.dropFirst(2) }
      let configuration = try ConfigurationReader().read(example.joined(separator: "\n"))
      #expect(configuration.executables.first?.build.isEmpty == false)
    }
  }

  @Test("a makefile that calls another build system does not hide it")
  func severalBuildSystems() throws {
    try withWorkflowProject { project in
      try project.write("", to: "Makefile")
      #expect(BuildSystem.found(in: project.root.path) == .make)
      try project.write("", to: "Cargo.toml")
      #expect(BuildSystem.found(in: project.root.path) == .cargo)
    }
  }

  @Test("files that are there are left alone, all or none, unless they may be replaced")
  func existing() throws {
    try withWorkflowProject { project in
      try project.write("project = \"mine\"\n", to: "benchdb.toml")
      expectFailure("benchdb.toml is there already; nothing was written. --force writes over it.") {
        _ = try InitRequest(service: .github, in: project.workspace()).run()
      }
      #expect(!project.exists(".github"))
      #expect(try project.text(of: "benchdb.toml") == "project = \"mine\"\n")
      _ = try InitRequest(service: .github, replacesFiles: true, in: project.workspace()).run()
      #expect(try project.text(of: "benchdb.toml") != "project = \"mine\"\n")
      expectFailure("benchdb.toml and .github/workflows/benchmarks.yml are there already") {
        _ = try InitRequest(service: .github, in: project.workspace()).run()
      }
    }
  }

  @Test(
    "where a later file can't be written, the ones before it are named",
    arguments: [WorkflowService.github, .gitlab])
  func unwritable(service: WorkflowService) throws {
    try withWorkflowProject { project in
      // A file where the workflow's folder should be.
      try project.write("", to: service == .github ? ".github" : ".gitlab")
      expectFailure("; benchdb.toml was written.") {
        _ = try InitRequest(service: service, in: project.workspace()).run()
      }
      #expect(project.exists("benchdb.toml"))
    }
  }

  @Test("a workflow compares pull requests and records the default branch")
  func workflows() throws {
    try withWorkflowProject { project in
      let answer = try InitRequest(service: .gitlab, in: project.workspace()).run()
      #expect(answer.lines.contains("written: .gitlab/benchmarks.yml"))
      #expect(answer.lines.last?.hasSuffix("[{ local: .gitlab/benchmarks.yml }]") == true)
      _ = try InitRequest(service: .github, replacesFiles: true, in: project.workspace()).run()
      for name in [".gitlab/benchmarks.yml", ".github/workflows/benchmarks.yml"] {
        let text = try project.text(of: name)
        #expect(text.contains("benchdb record") && text.contains("benchdb compare"), "\(name)")
        #expect(text.contains("https://example.org/benchdb.git   # where you get benchdb from"))
      }
    }
  }
}
