import BenchModel
import BenchOutput
import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Testing

@Suite("Whose benchmarks both sides run")
struct ChosenBenchmarksTests {
  /// A `benchdb.toml` that names these folders of benchmarks.
  private func configuration(_ folders: [String]) -> String {
    let list = folders.map { "\"\($0)\"" }.joined(separator: ", ")
    return "[[executable]]\npath = \"worker\"\nbenchmarks = [\(list)]\n"
  }

  /// Commits `before`, then `after`, each a text by the name of its file.
  private func chosen(
    _ choice: BenchFrom, before: [String: String], after: [String: String],
    fallback: Configuration = Configuration()
  ) throws -> ChosenBenchmarks {
    var result: ChosenBenchmarks?
    try MeasuredProject.with { project in
      func commit(_ files: [String: String]) throws -> Commit {
        for (name, text) in files { try project.write(text, to: name) }
        return try project.commit("Change")
      }
      let (base, head) = (try commit(before), try commit(after))
      result = try ChosenBenchmarks(
        choice, base: base, head: head, repository: project.repository(), fallback: fallback)
    }
    return try #require(result)
  }

  private var named: [String: String] {
    ["benchdb.toml": configuration(["Benchmarks"]), "Benchmarks/one": "1", "Sources/code": "1"]
  }

  @Test("of the same files nothing is said")
  func sameFiles() throws {
    let chosen = try chosen(.head, before: named, after: [:])
    #expect(chosen.origin == nil)
    #expect(chosen.overlay == nil)
  }

  @Test("each side's own are taken where that was asked for")
  func own() throws {
    let chosen = try chosen(.own, before: named, after: ["Benchmarks/one": "2"])
    #expect(chosen.origin == .own(.asked))
    #expect(chosen.overlay == nil)
  }

  @Test("each side's own are taken where HEAD does not say which folders hold them")
  func unnamed() throws {
    let chosen = try chosen(
      .head, before: ["benchdb.toml": "[[executable]]\npath = \"worker\"\n"], after: ["code": "2"])
    #expect(chosen.origin == .own(.unnamed))
  }

  @Test("benchmarks that did not change need nothing laid over BASE")
  func unchanged() throws {
    let chosen = try chosen(.head, before: named, after: ["Sources/code": "2"])
    #expect(chosen.origin == .same)
    #expect(chosen.overlay == nil)
  }

  @Test("only folders that changed are laid over BASE, each once")
  func changed() throws {
    let chosen = try chosen(
      .head,
      before: ["A/one": "1", "B/one": "1", "C/one": "1"],
      after: ["benchdb.toml": configuration(["C", "A", "B", "C"]), "A/one": "2", "C/one": "2"])
    #expect(chosen.origin == .head)
    #expect(chosen.overlay?.folders == ["C", "A"])
    #expect(chosen.overlay?.commit.subject == "Change")
  }

  @Test("a folder that only HEAD has is laid over BASE")
  func newFolder() throws {
    let chosen = try chosen(
      .head, before: ["code": "1"],
      after: ["benchdb.toml": configuration(["Benchmarks"]), "Benchmarks/one": "1"])
    #expect(chosen.overlay?.folders == ["Benchmarks"])
  }

  @Test("where HEAD has no configuration, that of the checkout names the folders")
  func fallback() throws {
    var fallback = Configuration()
    fallback.executables = [
      ExecutableConfiguration(name: "worker", build: [], path: "worker", benchmarks: ["Suite"])
    ]
    let chosen = try chosen(
      .head, before: ["Suite/one": "1"], after: ["Suite/one": "2"], fallback: fallback)
    #expect(chosen.overlay?.folders == ["Suite"])
  }
}
