package import BenchComparer
import BenchModel
import TextCoding

/// One finding of `benchdb doctor` in words: what was seen, and what to do about it. Nothing here
/// changes the system; commands are for the user to run.
package enum NoiseText {
  /// What it is about, in a word or two.
  package static func name(_ source: NoiseFinding.Source) -> String {
    switch source {
    case .steal: "stolen time"
    case .otherProcesses: "other processes"
    case .preemption: "preemption"
    case .spread: "spread of fixed work"
    case .drift: "drift of fixed work"
    case .pressure: "pressure"
    case .load: "load"
    case .governor: "governor"
    case .turbo: "turbo"
    case .throttling: "heat"
    case .containerLimit: "container limits"
    case .swap: "swap"
    case .power: "power"
    case .siblings: "hardware threads"
    case .clockSource: "clock source"
    case .virtualisation: "virtualisation"
    case .services: "background services"
    case .addressRandomisation: "address randomisation"
    case .hugePages: "huge pages"
    }
  }

  /// `12.5 % of CPU time`, `powersave`
  package static func evidence(_ finding: NoiseFinding) -> String {
    switch finding.evidence {
    case .nothing: finding.severity == .unknown ? "not known here" : "mains"
    case .share(let share): "\(Percentage.text(share)) \(measure(finding.source))"
    case .resources(let shares): resources(shares)
    case .processes(let processes, let cpus): processes.isEmpty ? "none" : text(processes, cpus)
    case .load(let load, let cores):
      "\(Digits.fixed(load, decimals: 2)) on \(English.count(cores, "core"))"
    case .count(let count): counted(finding.source, count)
    case .words(let words): text(words)
    case .isOn(let isOn): switched(finding.source, isOn)
    }
  }

  private static func measure(_ source: NoiseFinding.Source) -> String {
    switch source {
    case .steal: "of all CPU time went to other virtual machines"
    case .preemption: "of the time the fixed work waited for a CPU"
    case .spread: "either way between repetitions of the same work"
    case .drift: "from the first third of the watch to the last"
    default: "of the time"
    }
  }

  private static func resources(_ shares: [MachineObservation.Resource: Double]) -> String {
    let parts = MachineObservation.Resource.allCases.compactMap { resource in
      shares[resource].map { "for \(name(resource)) \(Percentage.text($0))" }
    }
    return "tasks waited " + English.list(parts) + " of the time"
  }

  private static func name(_ resource: MachineObservation.Resource) -> String {
    switch resource {
    case .cpu: "a CPU"
    case .memory: "memory"
    case .io: "a disk"
    }
  }

  private static func text(_ processes: [BusyProcess], _ cpus: Double) -> String {
    let names = processes.map {
      "\(Printable.text($0.name)) (\($0.identifier)) \(Digits.fixed($0.cpus, decimals: 2))"
    }
    return "\(Digits.fixed(cpus, decimals: 2)) CPUs: " + names.joined(separator: ", ")
  }

  private static func text(_ words: [String]) -> String {
    let shown = words.prefix(6).map(Printable.text)
    let others = words.count - shown.count
    guard !shown.isEmpty else { return "none seen" }
    return shown.joined(separator: ", ") + (others > 0 ? " and \(others) more" : "")
  }

  private static func counted(_ source: NoiseFinding.Source, _ count: Int) -> String {
    switch source {
    case .swap: "\(English.count(count, "page")) moved while it was watched"
    case .containerLimit: "stopped \(English.count(count, "time")) while it was watched"
    default: count == 0 ? "not slowed down" : "slowed down \(English.count(count, "time"))"
    }
  }

  private static func switched(_ source: NoiseFinding.Source, _ isOn: Bool) -> String {
    switch source {
    case .power: isOn ? "battery" : "mains"
    case .siblings: isOn ? "two or more to a core" : "one to a core"
    case .swap: isOn ? "there, nothing moved" : "none"
    default: isOn ? "on" : "off"
    }
  }
}
