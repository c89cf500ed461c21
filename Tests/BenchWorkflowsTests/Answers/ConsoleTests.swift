import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation
import Testing

@Suite("The console")
struct ConsoleTests {
  private func console(
    color: String? = nil, isTerminal: Bool = false, _ environment: [String: String] = [:],
    said: CapturedStreams = CapturedStreams()
  ) throws -> Console {
    let captured = said.streams
    return try Console(
      color: color, settings: Settings(environment: environment, file: [:]),
      environment: environment,
      streams: StandardStreams(isOutputTerminal: isTerminal, write: captured.write))
  }

  @Test("COLUMNS says how wide tables are, a file has 120 columns, and none has fewer than 40")
  func width() throws {
    #expect(try console().width == 120)
    #expect(try console(["COLUMNS": "60"]).width == 60)
    #expect(try console(["COLUMNS": "3"]).width == 40)
    #expect(try console(["COLUMNS": "x"]).width == 120)
    #expect(try console(["COLUMNS": "-5"]).width == 120)
  }

  @Test("colour is for terminals, or for whoever asks for it")
  func colour() throws {
    #expect(try console().style == .plain)
    #expect(try console(isTerminal: true, ["TERM": "xterm"]).style != .plain)
    #expect(try console(color: "always").style != .plain)
    #expect(try console(color: "never", isTerminal: true).style == .plain)
    #expect(try console(isTerminal: true, ["NO_COLOR": "1"]).style == .plain)
  }

  @Test("answers go out as they are, notes without what a terminal would obey")
  func answersAndNotes() throws {
    let said = CapturedStreams()
    let console = try console(said: said)
    PlainAnswer(["one", "two"], notes: ["beside\u{1B}[2J"]).write(to: console)
    #expect(said.takeAnswers() == "one\ntwo")
    #expect(said.takeNotes() == "beside\\e[2J")
  }

  @Test("data is text for people, JSON for programs, and a failure comes after the answer")
  func data() throws {
    let said = CapturedStreams()
    let console = try console(said: said)
    let fine = DataAnswer(json: "{}", note: "well done") { width, _ in "\(width) columns" }
    try fine.write(.text, to: console)
    try fine.write(.json, to: console)
    #expect(said.takeAnswers() == "120 columns\n{}")
    #expect(said.takeNotes() == "well done\nwell done")
    let bad = DataAnswer(json: "{}", note: "?", failure: CommandFailure("no", status: .failure)) {
      _, _ in "bad"
    }
    expectFailure("no", status: .failure) { try bad.write(.text, to: console) }
    #expect(said.takeAnswers() == "bad")
    #expect(said.takeNotes() == "")
  }

  @Test("every error of the targets below has its status, and another is left to the parser")
  func failures() {
    struct Other: Error {}
    func status(_ error: any Error) -> BenchOutput.ExitStatus? { CommandFailure(error)?.status }
    #expect(status(CommandFailure("x", status: .coverage)) == .coverage)
    #expect(status(RunnerError.interrupted) == .interrupted)
    #expect(status(RunnerError.invalidRevision("x", reason: "y")) == .usage)
    #expect(status(StoreError.interrupted) == .interrupted)
    #expect(status(StoreError.missing(path: "x")) == .usage)
    #expect(status(Other()) == nil)
  }

  @Test("the version names every format that the tool reads and writes")
  func version() {
    #expect(
      Version.summary
        == "benchdb \(Version.current) (schema \(ResultsStore.schemaVersion), worker protocol "
        + "\(WorkerProtocol.version), SQLite \(ResultsStore.sqliteVersion))")
  }
}
