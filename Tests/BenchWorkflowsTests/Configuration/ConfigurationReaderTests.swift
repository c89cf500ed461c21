import BenchComparer
import BenchModel
import BenchOutput
import BenchWorkflows
import Testing

@Suite("Reading benchdb.toml")
struct ConfigurationReaderTests {
  private func read(_ text: String) throws -> Configuration { try ConfigurationReader().read(text) }

  @Test("an empty file is an empty configuration")
  func empty() throws {
    #expect(try read("") == Configuration())
  }

  @Test("every key of an executable is read")
  func executable() throws {
    let configuration = try read(
      """
      project = "engine"

      [[executable]]
      name = "suites"
      build = ["swift", "build", "-c", "release"]
      path = ".build/release/suites"
      timeout = "90s"
      environment = { LANG = "C", TZ = "UTC" }
      benchmarks = ["Sources/Suites", "Sources/Shared/"]
      reads = ["Tests/Fixtures"]
      """)
    #expect(configuration.project == "engine")
    #expect(
      configuration.executables == [
        ExecutableConfiguration(
          name: "suites", build: ["swift", "build", "-c", "release"],
          path: ".build/release/suites", timeout: 90, environment: ["LANG": "C", "TZ": "UTC"],
          benchmarks: ["Sources/Suites", "Sources/Shared"], reads: ["Tests/Fixtures"])
      ])
  }

  @Test("an executable is named after its file, is not built, and is killed after two minutes")
  func defaults() throws {
    let executable = try #require(
      read("[[executable]]\npath = \"build/benchmarks\"\n").executables.first)
    #expect(executable.name == "benchmarks")
    #expect(executable.build.isEmpty && executable.benchmarks.isEmpty && executable.reads.isEmpty)
    #expect(executable.timeout == 120)
  }

  @Test("settings are kept as text, with the table that they stand in")
  func settings() throws {
    let configuration = try read(
      """
      color = "never"
      [record]
      profile = "smoke"
      seed = 7
      [compare]
      exit-zero = true
      floor = "3%"
      [doctor]
      seconds = 1.5
      """)
    let settings = Settings(environment: [:], file: configuration.settings)
    #expect(try settings.value(of: .colour, flag: nil) == .never)
    #expect(try settings.value(of: .profile, flag: nil) == "smoke")
    #expect(try settings.value(of: .seed, flag: nil) == 7)
    #expect(try settings.isOn(.exitZero, flag: false))
    #expect(try settings.value(of: .floor, flag: nil) == 0.03)
    #expect(try settings.value(of: .seconds, flag: nil) == 1.5)
  }

  @Test("every setting that a flag has can stand in the file, and under its own name only")
  func everySettingIsKnown() throws {
    for key in ConfigurationReader.settings {
      let text = key.name == "confirm" ? "\"auto\"" : "\"1\""
      let heading = key.table.map { "[\($0)]\n" } ?? ""
      #expect(try read("\(heading)\(key.name) = \(text)\n").settings.keys.contains(key), "\(key)")
    }
  }

  @Test(
    "what is wrong is refused with its key and what is expected there",
    arguments: [
      ("projct = \"x\"", "benchdb.toml: unknown key projct. Did you mean 'project'?"),
      ("[compar]\nfloor = \"2%\"", "unknown key compar. Did you mean 'compare'?"),
      ("[compare]\nflor = \"2%\"", "unknown key [compare] flor. Did you mean 'floor'?"),
      ("[check]\nzzzzzz = 1", "Known here: exit-zero, require-conclusive."),
      ("[compare]\nfloor = [\"2%\"]", "[compare] floor: expected a single value."),
      ("compare = 3", "compare: expected a table [compare]."),
      ("project = 3", "project: expected a string that is not empty."),
      ("db = \"\"", "db: expected a string that is not empty."),
      ("project = ", "benchdb.toml:1:"),
      ("executable = 3", "executable: expected tables, each headed [[executable]]."),
      ("executable = [3]", "executable: expected tables, each headed [[executable]]."),
      ("[[executable]]\npaht = \"x\"", "unknown key [[executable]] paht. Did you mean 'path'?"),
      ("[[executable]]\nname = \"x\"", "a key 'path' that names the built executable"),
      ("[[executable]]\npath = \"x\"\ntimeout = 20", "a time with its unit, such as \"120s\""),
      ("[[executable]]\npath = \"x\"\ntimeout = \"0s\"", "a time with its unit"),
      ("[[executable]]\npath = \"x\"\nbuild = \"make\"", "a list of strings"),
      ("[[executable]]\npath = \"x\"\nbuild = []", "a list of strings"),
      ("[[executable]]\npath = \"x\"\nenvironment = 3", "a table of strings"),
      (
        "[[executable]]\npath = \"x\"\nenvironment = { A = 3 }", "environment, A: expected a string"
      ),
      ("[[executable]]\npath = \"x\"\nbenchmarks = [\"../x\"]", "folders below the root"),
      ("[[executable]]\npath = \"x\"\nbenchmarks = [\"/x\"]", "folders below the root"),
      ("[[executable]]\npath = \"x\"\nreads = [\".git\"]", "files and folders below the root"),
      ("target = 3", "target: expected tables, each headed [[target]]."),
    ])
  func wrong(_ text: String, expected: String) {
    expectFailure(expected) { _ = try read(text) }
  }

  @Test("two executables of one name are refused")
  func duplicates() {
    expectFailure("two executables are called 'x'") {
      _ = try read("[[executable]]\npath = \"a/x\"\n[[executable]]\npath = \"b/x\"\n")
    }
  }
}
