import Testing

@Suite("Reading and matching transcripts")
struct TranscriptTests {
  @Test("a document's marked blocks become files and steps, unmarked ones nothing")
  func readsMarkedBlocks() {
    let transcript = Transcript(
      of: """
        <!-- file: a.toml -->
        ```toml
        key = 1
        ```

        <!-- run status=2 -->
        ```console
        $ benchdb one
        out
        $ benchdb two
        ```

        ```console
        $ benchdb unmarked
        ```
        """)
    #expect(transcript.files == ["a.toml": "key = 1\n"])
    #expect(transcript.steps.map(\.command) == ["benchdb one", "benchdb two"])
    #expect(transcript.steps.map(\.status) == [0, 2])
    #expect(transcript.steps.map(\.output) == [["out"], []])
    #expect(transcript.steps.map(\.line) == [8, 10])
  }

  @Test("a command's words are split at spaces outside double quotes")
  func splitsWords() {
    let step = Transcript.Step(
      command: #"benchdb sql "SELECT 1" --db x"#, status: 0, output: [], line: 1)
    #expect(step.words == ["benchdb", "sql", "SELECT 1", "--db", "x"])
  }

  @Test(
    "what varies from run to run is equal to any other",
    arguments: [
      ("took 31.2 ms", "took 980 µs"), ("commit 4f2c1aa9b", "commit 91be03712"),
      ("at 12:30:05", "at 9:41:59"), ("1–3 of 4", "10–12 of 99"), ("a   b", "a b"),
      ("a … d", "a b c d"), ("a …", "a"),
    ])
  func variesFreely(expected: String, actual: String) {
    #expect(TranscriptMatcher.matches(expected: [expected], actual: [actual]))
  }

  @Test(
    "words, missing words and further words are told apart",
    arguments: [
      ("one of 3", "none of 3"), ("a b", "a"), ("a", "a b"), ("a … d", "a b c"),
      ("took 3 ms", "took 3 apples"), ("beef", "fade"),
    ])
  func wordsCount(expected: String, actual: String) {
    #expect(!TranscriptMatcher.matches(expected: [expected], actual: [actual]))
  }

  @Test("a line of … stands for any number of lines, and only that")
  func elidesLines() {
    let expected = ["first", "…", "last"]
    #expect(TranscriptMatcher.matches(expected: expected, actual: ["first", "", "last"]))
    #expect(TranscriptMatcher.matches(expected: expected, actual: ["first", "a", "b", "last"]))
    #expect(!TranscriptMatcher.matches(expected: expected, actual: ["first", "a"]))
    #expect(!TranscriptMatcher.matches(expected: ["first"], actual: ["first", "last"]))
  }
}
