import BenchTestSupport
import Foundation
import StreamingPipeline
import Testing

/// Runs the code of the guide as it is printed there.
@Suite struct GuideTests {
  private func firstPipeline(in directory: String, _ print: (Any...) -> Void) async throws {
    let source = try CSVSource(
      path: directory + "orders.csv",
      fields: [Field("id", .int64), Field("region", .string), Field("amount", .decimal(scale: 2))],
      key: "id")
    let definition = PipelineDefinition(
      source: source,
      transforms: [
        .filter(!.isNull("amount")),
        .map(Field("tax", .decimal(scale: 2)), from: "amount") { (cents: Int64) in cents / 5 },
      ],
      aggregation: Aggregation(
        global: [.count, .sum("amount")],
        groupings: [Grouping(by: "region", computing: [.count, .sum("tax")])]))
    let run = try Pipeline.start(definition)
    for try await batch in run.batches {
      for row in batch.rows { print(row.values) }
    }
    if let result = run.aggregationState {
      print("all", result.global)
      for group in result.groupings[0].groups { print(group.key, group.values) }
    }
  }

  @Test("the guide prints what it says it prints")
  func output() async throws {
    var lines: [String] = []
    let guide = try guide()
    let file = try #require(guide.split(separator: "```\n").first { $0.hasPrefix("id,") })
    try await withTemporaryDirectory { directory in
      try Data(file.utf8).write(to: directory.appending(path: "orders.csv"))
      try await firstPipeline(in: directory.path + "/") { items in
        lines.append(items.map { "\($0)" }.joined(separator: " "))
      }
    }
    let promised = try #require(
      guide.split(separator: "```\n").dropFirst().first {
        $0.hasPrefix("all ")
      })
    #expect(lines.suffix(4).joined(separator: "\n") + "\n" == promised)
    #expect(lines.first == "[1, north, 12.50, 2.50]")
  }

  @Test("this test contains every line of the guide's code")
  func code() throws {
    let test = Set(
      try String(contentsOfFile: #filePath, encoding: .utf8).split(separator: "\n").map(trimmed))
    var isCode = false
    var count = 0
    for line in try guide().split(separator: "\n") {
      if line.hasPrefix("```") {
        isCode = line == "```swift"
      } else if isCode {
        let code = trimmed(line).replacing("path: \"", with: "path: directory + \"")
        #expect(test.contains(code), "\(line)")
        count += 1
      }
    }
    #expect(count > 20)
  }

  private func trimmed(_ line: Substring) -> String { line.trimmingCharacters(in: .whitespaces) }

  private func guide() throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let path = folder.appending(
      path: "../../Sources/StreamingPipeline/Documentation.docc/FirstPipeline.md")
    return try String(contentsOf: path, encoding: .utf8)
  }
}
