import Foundation
import Testing

/// The first configuration of a project.
@Suite struct InitTests {
  @Test("a project without a package gets an example, which is read without complaint")
  func example() throws {
    try withProject { project in
      try FileManager.default.removeItem(at: project.root.appending(path: "benchdb.toml"))
      let answer = try project.benchdb("init")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("written: benchdb.toml"))
      let text = try project.text(of: "benchdb.toml")
      #expect(text.contains("project = \"project\"") && text.contains("# [[executable]]"))
      // With the example's comment signs taken away it is whole.
      try project.write(
        text.replacing(
          "# [[executable]]",
          with: "[[executable]]\npath = \"built-worker\"\nbuild = [\"sh\", \"build.sh\"]"),
        to: "benchdb.toml")
      try project.record()
    }
  }

  @Test("executables that link BenchKit are found in a Swift package")
  func package() throws {
    try withProject { project in
      try project.write(
        """
        // swift-tools-version: 6.0
        import PackageDescription
        let package = Package(
          name: "parser",
          products: [.executable(name: "parser-benchmarks", targets: ["Benchmarks"])],
          dependencies: [.package(url: "https://git.example.org/tools/benchdb.git", branch: "main")],
          targets: [
            .executableTarget(name: "parse"),
            .executableTarget(
              name: "Benchmarks", dependencies: [.product(name: "BenchKit", package: "benchdb")]),
            .executableTarget(name: "More", dependencies: [
              "parse", .product(name: "BenchKit", package: "benchdb", condition: .when(platforms: [.linux])),
            ]),
          ])

        """, to: "Package.swift")
      let refused = try project.benchdb("init")
      #expect(refused.status == 2 && refused.reason.contains("benchdb.toml is there already"))
      #expect(try project.text(of: "benchdb.toml") == Project.configuration)

      let answer = try project.benchdb("init", "--force", "--ci", "github")
      #expect(answer.status == 0, "\(answer)")
      let text = try project.text(of: "benchdb.toml")
      #expect(text.contains("project = \"parser\""), "\(text)")
      #expect(
        text.contains(
          "build = [\"swift\", \"build\", \"--configuration\", \"release\", \"--product\", \"parser-benchmarks\"]"
        ))
      #expect(text.contains("path = \".build/release/More\""))
      #expect(!text.contains("\"parse\""))
      let workflow = try project.text(of: ".github/workflows/benchmarks.yml")
      #expect(workflow.contains("TOOL_SOURCE: https://git.example.org/tools/benchdb.git\n"))
    }
  }

  @Test(
    "the workflows are YAML as plain as it gets, and call commands that there are",
    arguments: ["github", "gitlab"])
  func workflow(_ service: String) throws {
    try withProject { project in
      try FileManager.default.removeItem(at: project.root.appending(path: "benchdb.toml"))
      #expect(try project.benchdb("init", "--ci", service).status == 0)
      let path = service == "github" ? ".github/workflows/benchmarks.yml" : ".gitlab/benchmarks.yml"
      let text = try project.text(of: path)
      let document = PlainYAML(text)
      #expect(document.problems == [], "\(text)")
      let wanted =
        service == "github"
        ? ["name", "on", "permissions", "env", "jobs"] : ["benchmarks"]
      #expect(document.topLevel == wanted)
      if service == "github" {
        // A step is an action or a script, and never both.
        for step in document.items(under: "steps") {
          let kinds = step.filter { $0 == "uses" || $0 == "run" }
          #expect(kinds.count == 1, "\(step)")
        }
        #expect(!text.contains("GITHUB_TOKEN"))
      }
      // Its comparison is understood, and finds that one commit alone can't be compared.
      let compare = try #require(text.firstMatch(of: /benchdb (compare[^\n>]*)/)).output.1
      try project.write(Project.configuration, to: "benchdb.toml")
      try project.git("add", "--all")
      try project.git("commit", "--quiet", "--amend", "--no-edit")
      let answer = try project.benchdb(
        compare.split(separator: " ").map(String.init), environment: ["CI": "true"])
      #expect(answer.status == 4 && answer.reason.contains("first commit"), "\(answer)")
      let kept = try project.benchdb("init", "--ci", service)
      #expect(kept.status == 2 && kept.reason.contains("are there already"), "\(kept)")
      #expect(try project.text(of: path) == text)
    }
  }
}

/// As much of YAML as the workflows use: mappings and lists by indentation of two, block scalars,
/// and values on one line.
private struct PlainYAML {
  private(set) var problems: [String] = []
  private(set) var topLevel: [String] = []
  private var lists: [String: [[String]]] = [:]

  init(_ text: String) {
    var scalarIndent: Int?
    var owners: [(indent: Int, key: String)] = []
    var itemIndent: Int?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let indent = line.prefix { $0 == " " }.count
      let content = line.dropFirst(indent)
      if content.isEmpty { continue }
      if line.contains("\t") { problems.append("\(number + 1): a tab") }
      if let scalar = scalarIndent {
        if indent > scalar { continue }
        scalarIndent = nil
      }
      if content.hasPrefix("#") { continue }
      if indent % 2 != 0 { problems.append("\(number + 1): indented by \(indent)") }
      if line.matches(of: /\$\{\{/).count != line.matches(of: /\}\}/).count {
        problems.append("\(number + 1): an expression is not closed")
      }
      let isItem = content.hasPrefix("- ")
      let entry = isItem ? content.dropFirst(2) : content
      owners.removeAll { $0.indent >= indent + (isItem ? 1 : 0) }
      if entry.hasSuffix("|") || entry.hasSuffix(">-") { scalarIndent = indent }
      guard let key = entry.firstMatch(of: /^([A-Za-z_-]+):(?: |$)/)?.output.1 else {
        if !isItem { problems.append("\(number + 1): neither a key nor an item: \(entry)") }
        continue
      }
      if indent == 0 { topLevel.append(String(key)) }
      if isItem, let owner = owners.last?.key {
        lists[owner, default: []].append([String(key)])
        itemIndent = indent
      } else if let item = itemIndent, indent == item + 2,
        let owner = owners.last(where: { $0.indent < item + 1 })?.key,
        var last = lists[owner]?.popLast()
      {
        last.append(String(key))
        lists[owner]?.append(last)
      } else if let item = itemIndent, indent <= item {
        itemIndent = nil
      }
      owners.append((indent + (isItem ? 2 : 0), String(key)))
    }
  }

  /// The keys of each item of every list that stands under `key`.
  func items(under key: String) -> [[String]] { lists[key] ?? [] }
}
