import BenchComparer
import BenchModel
import BenchOutput
import Testing

@Suite struct DoctorTextTests {
  /// A virtual machine that shares its host, with a compiler running.
  static let observation: MachineObservation = {
    var state = Listed.state
    state.clockSource = "tsc"
    var seen = MachineObservation(seconds: 3, machine: Listed.machine, state: state)
    seen.settings.governors = ["powersave"]
    seen.settings.hugePages = "always"
    seen.settings.addressRandomisation = 2
    seen.usage = CPUUsage(busy: 0.6, stolen: 0.07)
    seen.busyProcesses = [
      BusyProcess(identifier: 4321, name: "swift-frontend\u{1B}", cpus: 0.51),
      BusyProcess(identifier: 99, name: "journald", cpus: 0.02),
    ]
    seen.spins = (0..<30).map {
      MachineObservation.Spin(wall: 1.2e6, cpu: 1e6 + Double($0 % 4) * 1e4)
    }
    seen.pressure = [.cpu: 0.13, .memory: 0, .io: 0.001]
    (seen.swappedPages, seen.limitThrottles) = (0, 0)
    seen.settings.hasSwap = false
    seen.timers = ["apt-daily.timer", "fstrim.timer"]
    return seen
  }()

  @Test("A noisy machine's findings and advice read as agreed", arguments: [80, 120])
  func text(_ width: Int) throws {
    let text = DoctorText.text(
      NoiseDiagnosis(Self.observation), of: Self.observation, width: width)
    try expectGolden(text, "doctor-machine-\(width).txt")
    #expect(!text.contains("\u{1B}"))
  }

  @Test("The same for programs, with a database and without")
  func json() throws {
    let diagnosis = NoiseDiagnosis(Self.observation)
    try expectGolden(
      DoctorJSON.text(diagnosis, of: Self.observation, database: Listed.health), "doctor.json")
    #expect(
      DoctorJSON.text(diagnosis, of: Self.observation, database: nil)
        .contains("\"database\" : null"))
  }

  @Test("Every source has a name, and advice where something is wrong")
  func everySource() {
    var names: Set<String> = []
    for source in NoiseFinding.Source.allCases {
      #expect(names.insert(NoiseText.name(source)).inserted)
      let bad = NoiseFinding(source, .bad, .share(0.5), gain: 0.5)
      #expect(NoiseAdvice.text(bad)?.hasSuffix(".") == true, "\(source)")
      #expect(NoiseAdvice.text(NoiseFinding(source, .fine, .nothing)) == nil)
      #expect(NoiseAdvice.text(NoiseFinding(source, .unknown, .nothing)) == nil)
    }
  }

  @Test("What gains most is advised first, and nothing twice")
  func order() throws {
    let advice = DoctorAdvice.of(NoiseDiagnosis(Self.observation))
    #expect(Set(advice).count == advice.count)
    #expect(try #require(advice.first).contains("swift-frontend"))
  }

  @Test("The cause is one sentence, and says what is not known")
  func causes() {
    let same = ProcessCounters(instructions: 1_000)
    func sentence(
      _ base: ProcessCounters, _ head: ProcessCounters, isSame: Bool = false,
      outcome: Explanation.Outcome = .changed
    ) -> String {
      CauseText.sentence(
        Cause(base: base, head: head, isSameBinary: isSame), outcome: outcome)
    }
    #expect(
      sentence(same, ProcessCounters(instructions: 1_120))
        == "The code changed: 12.0 % more instructions.")
    #expect(
      sentence(same, same)
        == "The machine or the code's layout changed, not its work: the instructions are the same.")
    #expect(
      sentence(same, same, outcome: .unchanged)
        == "Neither the values nor the work changed: the instructions are the same.")
    #expect(
      sentence(same, same, outcome: .undecided)
        == "If anything changed, it was the machine or the code's layout: the instructions are the same."
    )
    #expect(
      sentence(same, ProcessCounters(instructions: 1_120), isSame: true)
        .hasPrefix("The machine changed, not the code: both sides ran the same executable"))
    #expect(
      sentence(ProcessCounters(cpuShare: 0.98), ProcessCounters(cpuShare: 0.5))
        == "Whether the code or the machine changed is not known: instructions were not counted; "
        + "on the CPU for 50.0 % of the elapsed time (before 98.0 %).")
  }
}
