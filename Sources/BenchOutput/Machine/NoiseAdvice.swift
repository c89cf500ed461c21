package import BenchComparer
import BenchModel
import TextCoding

/// What to do about a finding, with the command where there is one.
package enum NoiseAdvice {
  /// `nil` for what is fine, or can't be helped.
  package static func text(_ finding: NoiseFinding) -> String? {
    guard finding.severity == .bad || finding.severity == .warning else { return nil }
    return measured(finding) ?? setting(finding.source)
  }

  private static func measured(_ finding: NoiseFinding) -> String? {
    switch finding.source {
    case .steal:
      "Another virtual machine takes this one's CPU: measure on a dedicated host, or at another hour; "
        + "`benchdb compare --paired` suffers least."
    case .otherProcesses:
      busiest(finding).map { "End or pause what is not needed, first of all \($0)." }
        ?? "End or pause what is not needed."
    case .preemption:
      "Gate on CPU time, which leaves waiting out, and leave a CPU free for what is measured."
    case .spread, .drift:
      "The same work takes another time each time: look at governor, turbo, heat and neighbours below; "
        + "more processes (`--processes`) average it, `benchdb compare --paired` cancels a drift."
    case .pressure:
      "Something waits for CPU, memory or disks: see which with `top`, and measure when it is over."
    case .load: "Wait until the load is below the number of cores: `uptime`."
    default: nil
    }
  }

  private static func busiest(_ finding: NoiseFinding) -> String? {
    guard case .processes(let processes, _) = finding.evidence, let first = processes.first else {
      return nil
    }
    return "\(Printable.text(first.name)) (process \(first.identifier))"
  }

  private static func setting(_ source: NoiseFinding.Source) -> String? {
    switch source {
    case .governor: "Run `sudo cpupower frequency-set --governor performance` while measuring."
    case .turbo:
      "Run `echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo`, or where that file is "
        + "missing `echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost`."
    case .throttling: "It is too hot: improve the cooling, or measure with turbo off."
    case .containerLimit:
      "A limit on CPU stops all work until its period is over: start the container without one, with "
        + "CPUs of its own (`docker run --cpuset-cpus`)."
    case .swap: "Free memory, or run `sudo swapoff --all` while measuring."
    case .power: "Plug the machine in: on battery, frequencies change at any time."
    case .siblings:
      "Run `echo off | sudo tee /sys/devices/system/cpu/smt/control`, or keep the other thread idle; in "
        + "a virtual machine the neighbour may sit there."
    case .clockSource:
      "Run `echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource` if the "
        + "kernel lists it as available."
    case .virtualisation:
      "Other machines share this hardware, unseen: prefer `benchdb compare --paired`, or bare metal."
    case .services:
      "Stop what may begin in the middle of a session: `systemctl list-timers` says when, "
        + "`sudo systemctl stop NAME` stops one."
    case .addressRandomisation:
      "Leave it on, so that the luck of one layout is not taken for a change: "
        + "`sudo sysctl kernel.randomize_va_space=2`."
    case .hugePages:
      "Run `echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled`."
    case .steal, .otherProcesses, .preemption, .spread, .drift, .pressure, .load: nil
    }
  }
}
