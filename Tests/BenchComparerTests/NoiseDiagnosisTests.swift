import BenchComparer
import BenchModel
import Testing

@Suite("What makes a machine noisy") struct NoiseDiagnosisTests {
  /// A server that does nothing else: bare metal, everything set for measuring.
  private func idleServer() -> MachineObservation {
    var state = MachineState()
    state.load = 0.9
    state.isTurboOn = false
    state.clockSource = "tsc"
    state.swapUsedBytes = 0
    var seen = MachineObservation(
      seconds: 3,
      machine: MachineClass(
        architecture: "x86_64", cpuModel: "Model T", cores: 8, memoryBucketGiB: 32,
        system: "Linux 6"), state: state)
    seen.settings.governors = ["performance"]
    seen.settings.hasActiveSiblings = false
    seen.settings.addressRandomisation = 2
    seen.settings.hugePages = "madvise"
    seen.settings.hasSwap = true
    seen.usage = CPUUsage(busy: 0.13, stolen: 0)
    seen.spins = (0..<300).map { _ in MachineObservation.Spin(wall: 1e6, cpu: 1e6) }
    seen.pressure = [.cpu: 0, .memory: 0, .io: 0.001]
    (seen.swappedPages, seen.heatThrottles, seen.limitThrottles) = (0, 0, 0)
    return seen
  }

  private func severity(
    _ source: NoiseFinding.Source, _ change: (inout MachineObservation) -> Void
  ) -> NoiseFinding.Severity? {
    var seen = idleServer()
    change(&seen)
    return NoiseDiagnosis(seen).findings.first { $0.source == source }?.severity
  }

  @Test("an idle server has nothing to answer for, and everything is looked at once")
  func idle() {
    let findings = NoiseDiagnosis(idleServer()).findings
    #expect(findings.allSatisfy { $0.severity == .fine && $0.gain == 0 })
    #expect(findings.count == NoiseFinding.Source.allCases.count)
    #expect(Set(findings.map(\.source)) == Set(NoiseFinding.Source.allCases))
  }

  @Test("of a machine that gives no facts nothing is claimed")
  func unknown() {
    let seen = MachineObservation(
      seconds: 1,
      machine: MachineClass(
        architecture: "x86_64", cpuModel: "", cores: 1, memoryBucketGiB: 1, system: "Linux 6"),
      state: MachineState())
    let diagnosis = NoiseDiagnosis(seen)
    #expect(diagnosis.findings(.bad, .warning).isEmpty)
    let known = Set(diagnosis.findings(.fine).map(\.source))
    #expect(known == [.power, .containerLimit, .virtualisation, .services])
  }

  @Test("a virtual machine beside busy neighbours: what was measured leads, the worst first")
  func noisyVirtualMachine() {
    var seen = idleServer()
    seen.machine = MachineClass(
      architecture: "x86_64", cpuModel: "Model T", cores: 2, memoryBucketGiB: 8,
      system: "Linux 6", virtualisation: "kvm")
    seen.usage = CPUUsage(busy: 0.8, stolen: 0.12)
    seen.busyProcesses = [BusyProcess(identifier: 12, name: "cc1plus", cpus: 0.9)]
    seen.spins = (0..<300).map {
      let cpu = $0.isMultiple(of: 2) ? 1e6 : 1.3e6
      return MachineObservation.Spin(wall: cpu * 1.5, cpu: cpu)
    }
    let findings = NoiseDiagnosis(seen).findings(.bad, .warning)
    #expect(
      findings.map(\.source)
        == [.otherProcesses, .preemption, .spread, .steal, .virtualisation])
    #expect(findings.map(\.gain) == findings.map(\.gain).sorted(by: >) || findings.count == 5)
    #expect(findings[0].evidence == .processes(seen.busyProcesses, cpus: 0.9))
    #expect(findings[3].evidence == .share(0.12))
  }

  @Test("a laptop on battery with frequencies that follow the load")
  func laptop() {
    var seen = idleServer()
    seen.state.isOnBattery = true
    seen.state.isTurboOn = true
    seen.settings.governors = ["powersave"]
    seen.settings.hasActiveSiblings = true
    seen.heatThrottles = 2
    let findings = NoiseDiagnosis(seen).findings(.bad, .warning)
    #expect(findings.map(\.source) == [.throttling, .power, .governor, .turbo, .siblings])
    // The driver of newer processors calls 'powersave' what is nearly as quick.
    seen.settings.frequencyDriver = "intel_pstate"
    let governor = NoiseDiagnosis(seen).findings.first { $0.source == .governor }
    #expect(governor?.gain == 0.05)
  }

  @Test("a container is stopped by its limit, or may be")
  func container() {
    #expect(severity(.containerLimit) { $0.limitThrottles = 3 } == .bad)
    #expect(
      severity(.containerLimit) {
        $0.machine = MachineClass(
          architecture: "x86_64", cpuModel: "", cores: 2, memoryBucketGiB: 8, system: "Linux 6",
          virtualisation: "docker", containerLimits: "2 CPUs, 4 GiB")
      } == .warning)
    func inContainer(_ hypervisor: Bool?) -> NoiseFinding.Severity? {
      severity(.virtualisation) {
        $0.machine = MachineClass(
          architecture: "x86_64", cpuModel: "", cores: 2, memoryBucketGiB: 8, system: "Linux 6",
          virtualisation: "docker")
        $0.settings.hasHypervisor = hypervisor
      }
    }
    #expect(inContainer(nil) == .fine && inContainer(false) == .fine)
    #expect(inContainer(true) == .warning, "a container in a virtual machine has unseen neighbours")
  }

  @Test(
    "measured shares are fine, warned of or bad by their size",
    arguments: [(0.0, NoiseFinding.Severity.fine), (0.02, .warning), (0.2, .bad)])
  func shares(share: Double, expected: NoiseFinding.Severity) {
    #expect(severity(.steal) { $0.usage = CPUUsage(busy: 0, stolen: share) } == expected)
    let drifting = (0..<300).map { number in
      let cpu = 1e6 * (1 + (number >= 200 ? share : 0))
      return MachineObservation.Spin(wall: cpu, cpu: cpu)
    }
    #expect(severity(.drift) { $0.spins = drifting } == expected)
    let waiting = drifting.map { MachineObservation.Spin(wall: $0.cpu / (1 - share), cpu: $0.cpu) }
    #expect(severity(.preemption) { $0.spins = waiting } == expected)
  }

  @Test("single settings that cost sensitivity are warned of")
  func settings() {
    #expect(severity(.addressRandomisation) { $0.settings.addressRandomisation = 0 } == .warning)
    #expect(severity(.hugePages) { $0.settings.hugePages = "always" } == .warning)
    #expect(severity(.clockSource) { $0.state.clockSource = "hpet" } == .warning)
    #expect(severity(.services) { $0.timers = ["apt-daily.timer"] } == .warning)
    #expect(severity(.swap) { $0.swappedPages = 1 } == .bad)
    #expect(severity(.swap) { $0.state.swapUsedBytes = 1 } == .warning)
    #expect(severity(.load) { $0.state.load = 9 } == .bad)
    #expect(severity(.pressure) { $0.pressure[.io] = 0.3 } == .bad)
  }
}
