package import BenchModel
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Observes this machine for a while, and reads its settings. It writes nothing.
package struct MachineObserver: Sendable {
  private let probe: MachineProbe
  private let files: MachineFiles
  private let ownProcess: Int
  /// The clock ticks a second in which the kernel counts CPU time.
  private let ticksPerSecond: Double

  /// Creates an observer of the files below `root`, which is empty outside of tests.
  package init(
    root: String = "", environment: [String: String] = ProcessInfo.processInfo.environment,
    ownProcess: Int = Int(ProcessInfo.processInfo.processIdentifier)
  ) {
    probe = MachineProbe(root: root, environment: environment)
    files = MachineFiles(root: root)
    self.ownProcess = ownProcess
    ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }

  /// Observes the machine while `spin` works for so many seconds.
  package func observe(
    seconds: Double,
    spin: (Double) -> [MachineObservation.Spin] = { SpinProbe().run(seconds: $0) }
  ) -> MachineObservation {
    let start = ContinuousClock.now
    let before = MachineCounters(files)
    let spins = spin(seconds)
    let after = MachineCounters(files)
    let elapsed = max((ContinuousClock.now - start) / .seconds(1), seconds)
    var observation = MachineObservation(
      seconds: elapsed, machine: probe.machineClass(), state: probe.state())
    observation.spins = spins
    observation.settings = settings()
    (observation.services, observation.timers) = (services(after), timers())
    compare(before, after, seconds: elapsed, into: &observation)
    return observation
  }

  private func compare(
    _ before: MachineCounters, _ after: MachineCounters, seconds: Double,
    into observation: inout MachineObservation
  ) {
    func grown(_ counter: KeyPath<MachineCounters, Int?>) -> Int? {
      guard let first = before[keyPath: counter], let last = after[keyPath: counter] else {
        return nil
      }
      return max(0, last - first)
    }
    observation.usage = before.cpu.flatMap { first in after.cpu?.usage(since: first) }
    observation.busyProcesses = busyProcesses(before, after, seconds: seconds)
    for (resource, waited) in after.waited {
      guard seconds > 0, let earlier = before.waited[resource] else { continue }
      observation.pressure[resource] = min(1, Double(max(0, waited - earlier)) / 1e6 / seconds)
    }
    observation.swappedPages = grown(\.swappedPages)
    observation.heatThrottles = grown(\.heatThrottles)
    observation.limitThrottles = grown(\.limitThrottles)
  }

  /// The other processes that ran; less than a clock tick can't be seen.
  private func busyProcesses(
    _ before: MachineCounters, _ after: MachineCounters, seconds: Double
  ) -> [BusyProcess] {
    guard seconds > 0 else { return [] }
    return after.processes.compactMap { number, process -> BusyProcess? in
      let ticks = process.ticks - (before.processes[number]?.ticks ?? 0)
      guard ticks > 0, number != ownProcess else { return nil }
      return BusyProcess(
        identifier: number, name: process.name, cpus: Double(ticks) / ticksPerSecond / seconds)
    }.sorted { ($0.cpus, $1.identifier) > ($1.cpus, $0.identifier) }
  }

  // MARK: Settings

  private func settings() -> MachineSettings {
    let folder = "/sys/devices/system/cpu"
    let cpus = files.names(folder).filter {
      $0.hasPrefix("cpu") && $0.dropFirst(3).first?.isNumber == true
    }
    var settings = MachineSettings()
    settings.governors = Set(
      cpus.compactMap { files.line("\(folder)/\($0)/cpufreq/scaling_governor") }
    ).sorted()
    settings.frequencyDriver = files.line("\(folder)/cpu0/cpufreq/scaling_driver")
    settings.hasActiveSiblings = siblings(cpus, in: folder)
    settings.hasHypervisor = files.text("/proc/cpuinfo").flatMap(MachineFileText.hasHypervisor)
    settings.addressRandomisation = files.line("/proc/sys/kernel/randomize_va_space")
      .flatMap { Int($0) }
    settings.hugePages = files.line("/sys/kernel/mm/transparent_hugepage/enabled")
      .flatMap(Self.chosen)
    settings.hasSwap = MachineFileText.kibibytes("SwapTotal", in: files.text("/proc/meminfo") ?? "")
      .map { $0 > 0 }
    settings.clockSources =
      files.line("/sys/devices/system/clocksource/clocksource0/available_clocksource")?
      .split(separator: " ").map(String.init) ?? []
    return settings
  }

  private func siblings(_ cpus: [String], in folder: String) -> Bool? {
    if let active = files.line("\(folder)/smt/active") { return active == "1" }
    let lists = cpus.compactMap { files.line("\(folder)/\($0)/topology/thread_siblings_list") }
    return lists.isEmpty ? nil : lists.contains { $0.contains(",") || $0.contains("-") }
  }

  /// The chosen word of a line: `madvise` of `always [madvise] never`.
  private static func chosen(_ line: String) -> String? {
    line.split(separator: " ").first { $0.hasPrefix("[") && $0.hasSuffix("]") }
      .map { String($0.dropFirst().dropLast()) }
  }

  // MARK: What begins work by itself

  private func services(_ counters: MachineCounters) -> [String] {
    let known = Set(Self.knownServices)
    return Set(counters.processes.values.map(\.name)).filter(known.contains).sorted()
  }

  /// The names of services, which the kernel cuts after 15 bytes.
  private static let knownServices = [
    "anacron", "apt", "apt-get", "atd", "baloo_file", "clamd", "cron", "crond", "dnf",
    "dpkg", "fstrim", "fwupd", "mandb", "packagekitd", "restic", "rsync", "snapd",
    "tracker-miner-f", "unattended-upgr", "updatedb", "updatedb.mlocat", "yum",
  ]

  /// The timers that systemd starts, where it runs.
  private func timers() -> [String] {
    guard files.line("/proc/1/comm") == "systemd" else { return [] }
    return files.names("/etc/systemd/system/timers.target.wants")
      .filter { $0.hasSuffix(".timer") }
  }
}
