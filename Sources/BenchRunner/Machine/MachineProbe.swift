package import BenchModel
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the class and the state of this machine from `/proc` and `/sys`. Facts that are missing
/// stay `nil`.
package struct MachineProbe: Sendable {
  private let files: MachineFiles
  private let environment: [String: String]

  /// Creates a probe of the files below `root`, which is empty outside of tests.
  package init(
    root: String = "", environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    files = MachineFiles(root: root)
    self.environment = environment
  }

  // MARK: Slow facts

  package func machineClass() -> MachineClass {
    let names = SystemNames()
    let cpu = files.text("/proc/cpuinfo") ?? ""
    return MachineClass(
      architecture: names.architecture,
      cpuModel: MachineFileText.cpuModel(cpu) ?? names.architecture, cores: usableCores,
      memoryBucketGiB: MachineFileText.memoryBucketGiB(
        kibibytes: MachineFileText.kibibytes("MemTotal", in: files.text("/proc/meminfo") ?? "")
          ?? Int(ProcessInfo.processInfo.physicalMemory >> 10)),
      system: "\(names.system) \(names.release.prefix { $0 != "." })",
      virtualisation: virtualisation(cpu: cpu), containerLimits: containerLimits(),
      runnerImage: ["ImageOS", "ImageVersion"].compactMap { environment[$0] }
        .joined(separator: " "))
  }

  /// The number of cores that this process may use, which may be fewer than there are.
  private var usableCores: Int {
    files.text("/proc/self/status").flatMap(MachineFileText.allowedCores)
      ?? ProcessInfo.processInfo.activeProcessorCount
  }

  private func virtualisation(cpu: String) -> String {
    if files.exists("/.dockerenv") { return "docker" }
    if files.exists("/run/.containerenv") { return "podman" }
    let product =
      (files.line("/sys/class/dmi/id/product_name") ?? "") + " "
      + (files.line("/sys/class/dmi/id/sys_vendor") ?? "")
    return MachineFileText.virtualisation(product: product, cpu: cpu)
  }

  private func containerLimits() -> String {
    let paths = MachineFileText.controlGroups(files.text("/proc/self/cgroup") ?? "")
    let cpu: Double?
    let memory: Int?
    if let path = paths[""], files.exists("/sys/fs/cgroup/cgroup.controllers") {
      cpu = MachineFileText.cpuLimit(v2: files.inGroup("/sys/fs/cgroup", path, "cpu.max") ?? "")
      memory = files.inGroup("/sys/fs/cgroup", path, "memory.max").flatMap { Int($0) }
    } else {
      func read(_ controller: String, _ file: String) -> Int? {
        files.inGroup("/sys/fs/cgroup/\(controller)", paths[controller] ?? "/", file)
          .flatMap { Int($0) }
      }
      cpu = MachineFileText.cpuLimit(
        quota: read("cpu", "cpu.cfs_quota_us"), period: read("cpu", "cpu.cfs_period_us"))
      memory = read("memory", "memory.limit_in_bytes")
    }
    return MachineFileText.limits(cpu: cpu, memoryBytes: memory)
  }

  // MARK: Fast facts

  package func state() -> MachineState {
    let names = SystemNames()
    let memory = files.text("/proc/meminfo") ?? ""
    var state = MachineState()
    state.kernel = names.release
    state.hostName = names.host
    state.governor = files.line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
    state.isTurboOn = turbo
    state.load = files.line("/proc/loadavg").flatMap { Double($0.prefix { $0 != " " }) }
    state.stealTicks = files.text("/proc/stat").flatMap(MachineFileText.stealTicks)
    state.cpuPressure = files.text("/proc/pressure/cpu").flatMap(MachineFileText.pressure)
    state.availableMemoryBytes = MachineFileText.kibibytes("MemAvailable", in: memory)
      .map { $0 << 10 }
    if let total = MachineFileText.kibibytes("SwapTotal", in: memory),
      let free = MachineFileText.kibibytes("SwapFree", in: memory)
    {
      state.swapUsedBytes = (total - free) << 10
    }
    state.clockSource = files.line(
      "/sys/devices/system/clocksource/clocksource0/current_clocksource")
    state.temperatureCelsius = temperature
    state.isOnBattery = isOnBattery
    state.bootIdentifier = files.line("/proc/sys/kernel/random/boot_id")
    return state
  }

  /// The start of a process in clock ticks since boot; `nil` when there is no such process.
  func startTicks(of identifier: Int) -> Int? {
    files.text("/proc/\(identifier)/stat").flatMap(MachineFileText.startTicks)
  }

  private var turbo: Bool? {
    if let off = files.line("/sys/devices/system/cpu/intel_pstate/no_turbo") { return off == "0" }
    return files.line("/sys/devices/system/cpu/cpufreq/boost").map { $0 == "1" }
  }

  /// The temperature of the hottest zone with a plausible value; some report −273 or 0 when they
  /// are off.
  private var temperature: Double? {
    files.names("/sys/class/thermal").filter { $0.hasPrefix("thermal_zone") }
      .compactMap { files.line("/sys/class/thermal/\($0)/temp").flatMap { Double($0) } }
      .map { $0 / 1_000 }.filter { $0 > 0 && $0 < 150 }.max()
  }

  /// Whether the machine runs on battery; `nil` where it has none.
  private var isOnBattery: Bool? {
    let supplies = files.names("/sys/class/power_supply").map { "/sys/class/power_supply/\($0)" }
    let batteries = supplies.filter { files.line("\($0)/type") == "Battery" }
    guard !batteries.isEmpty else { return nil }
    return batteries.contains { files.line("\($0)/status") == "Discharging" }
  }
}

/// The names that `uname` gives.
private struct SystemNames {
  let system: String
  let release: String
  let architecture: String
  let host: String

  init() {
    var names = utsname()
    uname(&names)
    system = Self.text(names.sysname)
    release = Self.text(names.release)
    architecture = Self.text(names.machine)
    host = Self.text(names.nodename)
  }

  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
