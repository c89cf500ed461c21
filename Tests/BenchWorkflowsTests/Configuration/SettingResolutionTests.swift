import BenchComparer
import BenchModel
import BenchOutput
import BenchWorkflows
import Testing

@Suite("Settings")
struct SettingResolutionTests {
  private func settings(
    _ environment: [String: String] = [:], file: [SettingKey: String] = [:]
  ) -> Settings {
    Settings(environment: environment, file: file)
  }

  @Test("a flag wins over the environment, that over the file, and nothing gives nil")
  func precedence() throws {
    let file = settings(file: [Setting.floor.key: "3%"])
    let both = settings(["BENCHDB_FLOOR": "4%"], file: [Setting.floor.key: "3%"])
    #expect(try settings().value(of: .floor, flag: nil) == nil)
    #expect(try file.value(of: .floor, flag: nil) == 0.03)
    #expect(try both.value(of: .floor, flag: nil) == 0.04)
    #expect(try both.value(of: .floor, flag: "5%") == 0.05)
  }

  @Test("what is said against a value names where it came from")
  func origins() {
    expectFailure("--floor: '5' is not a value for it; expected a percentage up to 100%") {
      _ = try settings().value(of: .floor, flag: "5")
    }
    expectFailure("BENCHDB_FLOOR: '5' is not a value for it") {
      _ = try settings(["BENCHDB_FLOOR": "5"]).value(of: .floor, flag: nil)
    }
    expectFailure("benchdb.toml, [compare] floor: '5' is not a value for it") {
      _ = try settings(file: [Setting.floor.key: "5"]).value(of: .floor, flag: nil)
    }
    expectFailure("'\\e[2J' is not a value") {
      _ = try settings().value(of: .colour, flag: "\u{1B}[2J")
    }
  }

  @Test("a switch is on by its flag, or by what counts as true")
  func switches() throws {
    #expect(try settings().isOn(.exitZero, flag: true))
    #expect(try !settings().isOn(.exitZero, flag: false))
    for text in ["1", "true", "YES", "on"] {
      #expect(try settings(["BENCHDB_EXIT_ZERO": text]).isOn(.exitZero, flag: false), "\(text)")
    }
    for text in ["0", "false", "no", "Off", ""] {
      #expect(try !settings(["BENCHDB_EXIT_ZERO": text]).isOn(.exitZero, flag: false), "\(text)")
    }
    expectFailure("expected true or false") {
      _ = try settings(["BENCHDB_EXIT_ZERO": "maybe"]).isOn(.exitZero, flag: false)
    }
  }

  @Test("a table's settings are apart from another's of the same name")
  func tables() throws {
    let settings = settings(file: [Setting.exitZero.key: "true"])
    #expect(try settings.isOn(.exitZero, flag: false))
    #expect(try !settings.isOn(.checkExitsZero, flag: false))
    #expect(Setting<Bool>.checkExitsZero.key.description == "[check] exit-zero")
    #expect(Setting<Bool>.checkExitsZero.key.environmentVariable == "BENCHDB_EXIT_ZERO")
  }

  @Test("numbers have their ranges")
  func ranges() {
    func reads(_ setting: Setting<Int>, _ text: String) -> Int? { setting.read(text) }
    #expect(reads(.processes, "1") == 1 && reads(.processes, "1000") == 1000)
    #expect(reads(.processes, "0") == nil && reads(.processes, "1001") == nil)
    #expect(reads(.rounds, "6") == 6 && reads(.rounds, "5") == nil && reads(.rounds, "31") == nil)
    #expect(reads(.sessions, "10") == 10 && reads(.sessions, "11") == nil)
    #expect(reads(.layouts, "30") == 30 && reads(.layouts, "0") == nil)
    #expect(reads(.last, "1") == 1 && reads(.last, "-3") == nil && reads(.last, "x") == nil)
    #expect(Setting<UInt64>.seed.read("18446744073709551615") == .max)
    #expect(Setting<UInt64>.seed.read("-1") == nil)
    #expect(Setting<Double>.seconds.read("0.1") == 0.1 && Setting<Double>.seconds.read("0") == nil)
  }

  @Test("shares and times have units")
  func units() {
    #expect(Setting<Double>.alpha.read("5%") == 0.05)
    #expect(Setting<Double>.alpha.read("0%") == nil)
    #expect(Setting<Double>.floor.read("0%") == 0)
    #expect(Setting<Double>.floor.read("101%") == nil)
    #expect(Setting<Double>.floor.read("200µs") == nil)
    #expect(Setting<Double>.requireCoverage.read("80%") == 0.8)
    #expect(Setting<Double>.timeLimit.read("5min") == 300)
    #expect(Setting<Double>.recordTimeLimit.read("1.5s") == 1.5)
    #expect(Setting<Double>.timeLimit.read("5") == nil)
    #expect(Setting<Double>.timeLimit.read("-5s") == nil)
  }

  @Test("lists are written with commas, expressions are compiled, choices have names")
  func others() {
    #expect(Setting<[String]>.suite.read("latency, memory") == ["latency", "memory"])
    #expect(Setting<[String]>.historySuite.read("latency") == ["latency"])
    #expect(Setting<String>.historyFilter.read("wall|cpu") == "wall|cpu")
    #expect(Setting<String>.historyFilter.read("(") == nil)
    #expect(Setting<String>.filter.read("") == nil)
    #expect(Setting<ConfirmChoice>.confirm.read("never") == .never)
    #expect(Setting<ConfirmChoice>.confirm.read("sometimes") == nil)
    #expect(Setting<BenchFrom>.benchFrom.read("own") == .own)
    #expect(Setting<Counter>.counter.read("instructions") == .instructions)
    #expect(Setting<CommitLinks>.commitURL.read("javascript:{commit}") == nil)
    #expect(Setting<CommitLinks>.commitURL.read("https://example.org/{commit}") != nil)
  }

  @Test("a rule takes its floor and level from flags, then from settings, then from the default")
  func rule() throws {
    let plain = try ComparisonRule(settings: settings(), floor: nil, alpha: nil)
    #expect(plain == ComparisonRule())
    let set = try ComparisonRule(
      settings: settings(["BENCHDB_ALPHA": "5%"], file: [Setting.floor.key: "3%"]), floor: "4%",
      alpha: nil)
    #expect(set.floor == 0.04 && set.alpha == 0.05)
  }

  @Test("a profile is chosen by its name, and a misspelt one is pointed out")
  func profiles() throws {
    #expect(try Profile.chosen(flag: nil, settings: settings()) == .quick)
    #expect(try Profile.chosen(flag: "full", settings: settings()) == .full)
    #expect(
      try Profile.chosen(flag: nil, settings: settings(["BENCHDB_PROFILE": "smoke"])) == .smoke)
    expectFailure("there is no profile 'smok'; there are smoke, quick, full. Did you mean 'smoke'?")
    { _ = try Profile.chosen(flag: "smok", settings: settings()) }
    #expect(Profile.full.with(processes: 3).processes == 3)
    #expect(Profile.full.with(processes: Profile.full.processes) == .full)
  }
}
