import BenchFormats
import BenchModel
import Foundation
import Testing

@Suite("Reading benchdb JSON Lines")
struct ReaderTests {
  @Test("a line with every key gives what it says")
  func readsEveryKey() throws {
    let hash = String(repeating: "ab", count: 20)
    let parent = String(repeating: "cd", count: 20)
    let file = read(
      header + """
        {"commit":"\(hash.uppercased())","parents":["\(parent)"],"committed":"2026-11-23T11:00:00+02:00",\
        "subject":"Say \\"h\\u00e9\\ud83d\\ude00\\"","dirty":false,"machine":"ci-large","session":"s-0001",\
        "process":"p-07","started":"2026-11-23T09:05:12.345Z","order":7,\
        "benchmark":"throughput/grouped","parameters":{"records":"100000","fast":true,"n":1e3},\
        "version":2,"metric":"wall","unit":"us","direction":"lower","level":"batch-mean",\
        "values":[312.5,0.25e1],"iterations":[10,1],"unknown":{"nested":[1,{"deep":null}]}}
        """)
    #expect(file.errors == [])
    let record = try #require(file.records.first)
    let commit = record.build.revision.commit
    #expect(commit.hash == hash && commit.parents == [parent])
    #expect(commit.committed == Date(timeIntervalSince1970: 1_795_424_400))
    #expect(commit.subject == "Say \"hé😀\"")
    #expect(!record.build.revision.isDirty)
    #expect(record.origin.machine == .named("ci-large"))
    #expect(record.process.isNamed && record.process.order == 7)
    #expect(record.process.started.timeIntervalSince1970 == 1_795_424_712.345)
    #expect(
      record.series.benchmark
        == BenchmarkKey(
          id: "throughput/grouped", parameters: ["records": "100000", "fast": "true", "n": "1000"]))
    #expect(record.series.version == 2 && record.level == .batchMean)
    #expect(record.series.metric == Metric(name: "wall", unit: .nanoseconds, isGate: true))
    #expect(record.values == [312_500, 2500] && record.iterations == [10, 1])
    #expect(record.process.facts.workerFacts == "{\"originalUnits\":{\"wall\":\"us\"}}")
  }

  @Test(
    "a number among the parameters is one however it is written, and a text is what it is",
    arguments: [
      ("1", "1"), ("1.0", "1"), ("1e0", "1"), ("10E-1", "1"), ("-2.50", "-2.5"), ("0.5", "0.5"),
      ("5e-1", "0.5"), ("1e300", "1e+300"), ("12345678901234567890", "12345678901234567890"),
      ("\"1.0\"", "1.0"),
    ])
  func numbers(written: String, stored: String) throws {
    let file = read(header + line("\"parameters\":{\"n\":\(written)}"))
    #expect(try #require(file.records.first).series.benchmark.parameters == ["n": stored])
  }

  @Test("what a line leaves out has the defaults of the format")
  func fillsIn() throws {
    let record = try #require(read(header + line()).records.first)
    #expect(record.origin.machine == thisMachine)
    #expect(record.level == .sample && record.iterations == [1, 1] && record.warmUpCount == 0)
    #expect(record.series.version == 1 && record.series.benchmark.parameters == [:])
    #expect(!record.process.isNamed && record.process.order == nil)
  }

  @Test("lines without a session or a process share one for the file and commit")
  func sharesUnnamed() {
    let file = read(
      header + line() + line(values: "[1]") + line(commit: 2) + line("\"session\":\"s\"")
        + line("\"session\":\"s\"", commit: 2))
    let sessions = file.records.map(\.origin.session)
    #expect(sessions[0] == sessions[1] && sessions[0] != sessions[2])
    #expect(sessions[3] == sessions[4] && sessions[3] != sessions[0])
    let processes = file.records.map(\.process.id)
    #expect(processes[0] == processes[1])
    #expect(Set(processes).count == 4)
  }

  @Test("the same lines always get the same names, and other processes, sessions, projects others")
  func namesBySource() throws {
    func ids(_ text: String) -> [UUID] {
      read(text).records.flatMap { [$0.process.id, $0.origin.session, $0.origin.run] }
    }
    let named = line("\"session\":\"s\",\"process\":\"p\"")
    #expect(ids(header + named) == ids(header + line() + named).suffix(3))
    let others = [
      header + named, "{\"benchdb\":1}\n" + named,
      header + line("\"session\":\"t\",\"process\":\"p\""),
      header + line("\"session\":\"s\",\"process\":\"q\""), header + line("\"session\":\"s\""),
      header + line("\"session\":\"s\",\"process\":\"p\"", commit: 2),
      header + line("\"session\":\"s\",\"process\":\"p\",\"version\":2"),
      header + line("\"session\":\"s\",\"process\":\"p\",\"machine\":\"m\""),
    ]
    #expect(Set(others.compactMap { ids($0).first }).count == others.count)
  }

  @Test("however the bytes come in, the same records come out", arguments: [1, 2, 3, 7, 64, 1000])
  func splitsAnywhere(_ piece: Int) {
    let text =
      "\u{FEFF}" + header + "\r\n" + line("\"subject\":\"größer\"") + "  \n" + line("\"x\":1")
      + String(line(commit: 3).dropLast())
    let whole = read(text)
    #expect(whole.records.count == 3 && whole.errors == [])
    #expect(read(text, piece: piece).records == whole.records)
  }

  @Test("one bad line is named by its number, and reading goes on after it")
  func goesOn() {
    let file = read(header + line() + "{\"commit\":\n" + line(commit: 2) + "nonsense\n" + line())
    #expect(file.records.count == 3)
    #expect(file.badLines == [3, 5])
  }

  @Test(
    "every kind of bad line is refused",
    arguments: [
      (line("\"level\":\"guess\""), "'level': expected sample, batch-mean or summary"),
      (line("\"direction\":\"up\""), "'direction': expected lower or higher"),
      (line(values: "[]"), "'values': expected at least one number"),
      (line(values: "[1,\"2\"]"), "'values': expected an array of finite numbers"),
      (line(values: "[1e999]"), "'values': expected an array of finite numbers"),
      (line(values: "[1,-2]"), "'values': expected no negative number in the unit ns"),
      (line("\"iterations\":[0,1]"), "'iterations': expected an array of whole numbers from 1 on"),
      (
        line("\"machine\":{\"cpuModel\":\"a\",\"cores\":1e300}"),
        "'machine': expected a name, or an object with 'cpuModel' and what else is known of the machine, 'cores' and 'memoryBucketGiB' as whole numbers"
      ),
      (line(values: "5"), "'values': expected an array of finite numbers"),
      (line(values: "[NaN]"), "not JSON at byte 125: expected a value"),
      (line(values: "[Infinity]"), "not JSON at byte 125: expected a value"),
      (line(values: "[01]"), "not JSON at byte 126: expected ',' or ']'"),
      (line("\"iterations\":[1]"), "2 values and 1 iterations; there must be as many of both"),
      (line("\"iterations\":[1,-1]"), "'iterations': expected an array of whole numbers from 1 on"),
      (
        line("\"iterations\":[1,1.5]"), "'iterations': expected an array of whole numbers from 1 on"
      ),
      (
        line("\"iterations\":[9223372036854775807,1]"),
        "'iterations': expected an array of whole numbers from 1 on"
      ),
      (line("\"warmUp\":2"), "'warmUp': expected less than there are values"),
      (line("\"unit\":\"s\""), "'unit' stands there twice"),
      (line("\"order\":-1"), "'order': expected a whole number from 0 on"),
      (line("\"version\":1.5"), "'version': expected a whole number from 0 on"),
      (
        line("\"started\":\"yesterday\""),
        "'started': expected a time such as 2026-11-23T09:05:12.345Z"
      ),
      (
        line("\"started\":\"2026-02-30T00:00:00Z\""),
        "'started': expected a time such as 2026-11-23T09:05:12.345Z"
      ),
      (line("\"dirty\":1"), "'dirty': expected true or false"),
      (line("\"parents\":[\"abc\"]"), "'parents': expected an array of whole hashes"),
      (
        line("\"parameters\":{\"a\":[]}"),
        "'parameters': expected an object of texts, numbers or truth values"
      ),
      (line("\"parameters\":{\"a\":1,\"a\":2}"), "'parameters.a' stands there twice"),
      (
        line("\"machine\":{\"speed\":1}"),
        "'machine': expected a name, or an object with 'cpuModel' and what else is known of the machine, 'cores' and 'memoryBucketGiB' as whole numbers"
      ),
      (line("\"session\":\"\""), "'session': expected a name"),
      (line("\"run\":\"x\""), "'run': expected a UUID, since the line has the key 'run'"),
      (line("\"exact\":-1"), "'exact': expected a tolerance of 0 or more"),
      (
        "{\"commit\":\"abc\",\"benchmark\":\"b\",\"metric\":\"m\",\"unit\":\"u\",\"values\":[1]}",
        "'commit': expected a whole hash of 40 or 64 hexadecimal digits"
      ),
      (
        "{\"benchmark\":\"b\",\"metric\":\"m\",\"unit\":\"u\",\"values\":[1]}",
        "'commit' is missing"
      ),
      ("[]", "not JSON at byte 1: expected an object"),
      ("{} {}", "not JSON at byte 4: expected the end of the line"),
      ("{\"a\":\"\\ud800\"}", "not JSON at byte 13: expected the second half of a surrogate pair"),
    ])
  func refuses(_ bad: String, _ reason: String) {
    let file = read(header + line() + bad)
    #expect(file.badLines == [3])
    #expect(file.problems.first?.description == reason)
    #expect(file.records.count == 1)
  }

  @Test("a file without a header, or with another version's, is refused whole")
  func needsHeader() {
    #expect(read(line()).problems == [.noHeader])
    #expect(read("").problems == [.noHeader])
    #expect(read("name,value\n").problems == [.noHeader])
    #expect(read("{\"benchdb\":2}\n" + line()).problems == [.otherVersion("2")])
    #expect(read("{\"benchdb\":1}").errors == [])
  }

  @Test("hostile lines cost an error")
  func survivesHostility() {
    let deep = String(repeating: "[", count: 100_000)
    var bytes = Array((header + line("\"x\":\(deep)")).utf8)
    bytes += [0x22, 0xFF, 0x0A]
    bytes += Array((line() + "{\"commit\":\"\u{0}\"}\n{\"a\":-}\n").utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "a"), count: (64 << 20) + 1)
    bytes += Array(("\n" + line()).utf8)
    let file = read(bytes, piece: 1 << 20)
    #expect(file.records.count == 2)
    #expect(file.badLines == [2, 3, 5, 6, 7])
    #expect(file.problems.contains(.tooDeep(limit: 32)) && file.problems.contains(.notUTF8))
    #expect(file.problems.last == .tooLong(limit: 64 << 20))
  }
}
