import Testing

@Suite struct ByHandTests {
  private func run(_ arguments: String...) throws -> SpawnedWorker.Outcome {
    var worker = SpawnedWorker()
    worker.environment = [:]
    worker.arguments = arguments
    return try worker.run()
  }

  @Test("help says that benchdb record stores results")
  func help() throws {
    let outcome = try run("--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("benchdb record"))
  }

  @Test("list prints a name a line")
  func list() throws {
    let outcome = try run("list")
    #expect(outcome.output.hasPrefix("good/sum records=100\ngood/sum records=1000\n"))
  }

  @Test("a filter chooses benchmarks, and the table has a row for each")
  func table() throws {
    let outcome = try run("good/sum")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("benchmark") && lines[0].contains("wall"))
    #expect(lines[1].hasPrefix("good/sum records=100 "))
    #expect(lines[2].hasPrefix("good/sum records=1000"))
    #expect(lines[3].contains("not stored"))
  }

  @Test("a failure is shown in its row and in the status")
  func failure() throws {
    let outcome = try run("bad/wrong")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("failed: wrong result: expected 42, got 41"))
  }

  @Test("arguments that make no sense exit with 64 and point to the help")
  func usage() throws {
    for arguments in ["--verbose", "no such benchmark"] {
      let outcome = try run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.standardError.contains("--help"))
    }
    #expect(try run("good", "bad").status == 64)
  }
}
