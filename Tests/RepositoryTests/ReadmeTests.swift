import BenchTestSupport
import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
  @Test("it opens with the two commands that make the project prove itself")
  func opensWithTheCommands() throws {
    let opening = try Repository.text("README.md").split(separator: "\n").prefix(8)
    #expect(opening.contains { $0.hasPrefix("make record") })
    #expect(opening.contains { $0.hasPrefix("make test") })
  }

  @Test("its marked commands print what it shows and end with the status it states")
  func commandsDoWhatItSays() throws {
    let readme = Transcript(of: try Repository.text("README.md"))
    try #require(!readme.steps.isEmpty, "no block is marked <!-- run -->")
    let executable = try Repository.executable
    try withScratchRepository { directory in
      for step in readme.steps {
        let words = step.words
        try #require(words.first == "benchdb", "README.md:\(step.line): not a benchdb command")
        let result = try Command.run(
          [executable.path] + words.dropFirst(), in: directory, environment: plainTerminal)
        let printed = result.output.split(separator: "\n").map(String.init)
        #expect(result.status == step.status, "README.md:\(step.line): \(result.output)")
        #expect(
          TranscriptMatcher.matches(expected: step.output, actual: printed),
          "README.md:\(step.line): '\(step.command)' printed\n\(result.output)")
      }
    }
  }

  private let plainTerminal = ["NO_COLOR": "1", "CI": "1"]

  /// A repository of two commits, holding the worker and the configuration that the page on
  /// measuring shows.
  private func withScratchRepository(_ body: (URL) throws -> Void) throws {
    let files = Transcript(of: try Repository.text(Repository.catalogue + "/Measuring.md")).files
    try withTemporaryDirectory { directory in
      for (name, text) in files {
        let file = directory.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
      try Command.succeed(["chmod", "+x", "sort-benchmark"], in: directory)
      try Command.succeed(["git", "init", "-q", "-b", "main"], in: directory)
      try Command.succeed(["git", "add", "."], in: directory)
      for subject in ["Add a benchmark", "Say nothing new"] {
        let commit = ["commit", "-q", "--allow-empty", "-m", subject]
        try Command.succeed(["git"] + identity + commit, in: directory)
      }
      try body(directory)
    }
  }

  /// A fresh machine has no git identity, and a reader's may sign every commit.
  private let identity = [
    "-c", "user.name=Reader", "-c", "user.email=reader@example.org", "-c", "commit.gpgSign=false",
  ]
}
