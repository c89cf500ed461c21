import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite("The documentation")
struct DocumentationTests {
  /// Names of the catalogue's pages without their extension, and their texts.
  private func pages() throws -> [(name: String, text: String)] {
    let folder = Repository.catalogue + "/"
    return try Repository.files().filter { $0.hasPrefix(folder) && $0.hasSuffix(".md") }
      .map { (String($0.dropFirst(folder.count).dropLast(3)), try Repository.text($0)) }
  }

  @Test("every page is linked from the landing page")
  func everyPageIsLinked() throws {
    let landing = try #require(try pages().first { $0.name == "benchdb" }).text
    for page in try pages() where page.name != "benchdb" {
      #expect(landing.contains("<doc:\(page.name)>"), "\(page.name) is not linked")
    }
  }

  @Test("every link leads to a page")
  func everyLinkLeadsSomewhere() throws {
    let names = Set(try pages().map(\.name))
    for page in try pages() {
      for link in page.text.matches(of: /<doc:([\w-]+)/) {
        #expect(names.contains(String(link.output.1)), "\(page.name): \(link.output.0)>")
      }
    }
    for file in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
      for link in try Repository.text(file).matches(of: /\]\((?!https?:)([^)#]+)/) {
        #expect(Repository.contains(String(link.output.1)), "\(file): \(link.output.1)")
      }
    }
  }

  @Test("every file and folder that the page for contributors names is there")
  func contributorsFindTheirWay() throws {
    let page = try Repository.text("CONTRIBUTING.md")
    let paths = page.matches(of: /`((?:Sources|Tests|migrations|\.ci)\/[\w.\/-]*)`/)
      .map { String($0.output.1) }
    #expect(paths.count > 20)
    for path in paths where !path.contains("NNNN") {
      #expect(Repository.contains(path), "CONTRIBUTING.md names \(path)")
    }
  }

  @Test("no page names a path that only its author has")
  func standsAlone() throws {
    // Spelled in two pieces, so that this file does not contain what it looks for.
    let forbidden = ["/" + "work/", "../" + "shared", "/" + "root/", "/" + "home/"]
    let others = try ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      .map { (name: $0, text: try Repository.text($0)) }
    for page in try pages() + others {
      for word in forbidden {
        #expect(!page.text.contains(word), "\(page.name) mentions \(word)")
      }
    }
  }

  @Test("the glossary defines every word of the project's vocabulary")
  func glossaryIsComplete() throws {
    let terms = [
      "suite", "benchmark", "parameter", "metric", "unit", "sample", "iteration", "process",
      "session", "run", "machine class", "machine state", "baseline", "series", "comparison",
      "verdict", "change point", "stage", "producer", "demand", "batch",
    ]
    let glossary = try Repository.text(Repository.catalogue + "/Glossary.md")
    for term in terms {
      #expect(glossary.contains("- term \(term): "), "no definition of '\(term)'")
    }
  }

  @Test("the worker written in shell speaks the protocol, for every request")
  func shellWorkerSpeaksTheProtocol() throws {
    let worker = try #require(
      Transcript(of: try Repository.text(Repository.catalogue + "/Measuring.md"))
        .files["sort-benchmark"])
    try withTemporaryDirectory { directory in
      try worker.write(
        to: directory.appending(path: "worker"), atomically: true, encoding: .utf8)
      func answers(to request: WorkerRequest) throws -> [WorkerMessage] {
        let line = String(decoding: try JSONLine.encode(request), as: UTF8.self)
        let result = try Command.run(
          ["bash", "worker"], in: directory,
          environment: [WorkerProtocol.descriptorVariable: "1"], input: line)
        try #require(result.status == 0, "\(result.output)")
        return try result.output.split(separator: "\n").map {
          try JSONLine.decode(WorkerMessage.self, from: Data($0.utf8))
        }
      }
      guard case .benchmark(let declaration)? = try answers(to: .list).first else {
        Issue.record("the worker lists no benchmark")
        return
      }
      #expect(try answers(to: .list) == [.benchmark(declaration), .end])
      let timing = try answers(
        to: .run(declaration.key, seed: 1, plan: Profile.smoke.plan(.timing)))
      #expect(timing.count > Profile.smoke.plan(.timing).minimumSamples)
      #expect(timing.last == .done(WorkerFacts()))
      for (order, message) in timing.dropLast().enumerated() {
        guard case .sample(let sample) = message else {
          Issue.record("not a sample: \(message)")
          continue
        }
        #expect(sample.order == order && declaration.metrics.map(\.name) == [sample.metric])
        #expect(sample.value > 0)
      }
      #expect(
        try answers(to: .run(declaration.key, seed: 1, plan: Profile.smoke.plan(.counting)))
          == [.done(WorkerFacts())])
    }
  }
}
