import BenchModel

/// The counters of `/proc` and `/sys` at one moment; the difference of two is what happened
/// between.
struct MachineCounters: Sendable {
  /// The clock ticks of all CPUs together since boot.
  let cpu: Ticks?
  /// The clock ticks that each process used, by its number.
  let processes: [Int: Process]
  /// The microseconds in which some task waited.
  let waited: [MachineObservation.Resource: Int]
  let swappedPages: Int?
  let heatThrottles: Int?
  let limitThrottles: Int?

  struct Ticks: Sendable, Hashable {
    let total: Int
    let idle: Int
    let stolen: Int
  }

  struct Process: Sendable, Hashable {
    let name: String
    let ticks: Int
  }

  /// Reads the current counters.
  init(_ files: MachineFiles) {
    cpu = files.text("/proc/stat").flatMap(Ticks.init)
    let processes = files.names("/proc").compactMap { name in
      Int(name).flatMap { number in
        files.text("/proc/\(name)/stat").flatMap(Process.init).map { (number, $0) }
      }
    }
    self.processes = Dictionary(processes) { first, _ in first }
    waited = Dictionary(
      uniqueKeysWithValues: MachineObservation.Resource.allCases.compactMap { resource in
        files.text("/proc/pressure/\(resource.rawValue)").flatMap(Self.waited)
          .map { (resource, $0) }
      })
    let memory = files.text("/proc/vmstat") ?? ""
    let swapped = ["pswpin", "pswpout"].compactMap { Self.value($0, in: memory) }
    swappedPages = swapped.isEmpty ? nil : swapped.reduce(0, +)
    heatThrottles = Self.heatThrottles(files)
    limitThrottles = Self.limitThrottles(files)
  }

  /// The value of `total=` in the line `some`, in microseconds.
  private static func waited(_ text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix("some ") }?
      .split(separator: " ").first { $0.hasPrefix("total=") }
      .flatMap { Int($0.dropFirst(6)) }
  }

  /// The value of `name` in lines of a name and a value.
  private static func value(_ name: String, in text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
      .flatMap { Int($0.dropFirst(name.count + 1)) }
  }

  private static func heatThrottles(_ files: MachineFiles) -> Int? {
    let folder = "/sys/devices/system/cpu"
    let counts = files.names(folder).filter { $0.hasPrefix("cpu") }
      .compactMap { files.line("\(folder)/\($0)/thermal_throttle/core_throttle_count") }
      .compactMap { Int($0) }
    return counts.isEmpty ? nil : counts.reduce(0, +)
  }

  private static func limitThrottles(_ files: MachineFiles) -> Int? {
    let paths = MachineFileText.controlGroups(files.text("/proc/self/cgroup") ?? "")
    let text =
      paths[""].flatMap { files.inGroup("/sys/fs/cgroup", $0, "cpu.stat") }
      ?? files.inGroup("/sys/fs/cgroup/cpu", paths["cpu"] ?? "/", "cpu.stat")
    return text.flatMap { value("nr_throttled", in: $0) }
  }
}

extension MachineCounters.Ticks {
  /// Reads the first line of `/proc/stat`: user, nice, system, idle, waiting for disks, interrupts,
  /// soft interrupts, stolen. The first two include the time of guests.
  init?(_ stat: String) {
    let numbers = stat.prefix { $0 != "\n" }.split(separator: " ")
    guard numbers.first == "cpu", numbers.count > 8 else { return nil }
    let ticks = numbers[1...8].compactMap { Int($0) }
    guard ticks.count == 8 else { return nil }
    self.init(total: ticks.reduce(0, +), idle: ticks[3] + ticks[4], stolen: ticks[7])
  }

  /// The usage since `earlier`; `nil` where there were no ticks.
  func usage(since earlier: MachineCounters.Ticks) -> CPUUsage? {
    let all = Double(total - earlier.total)
    guard all > 0 else { return nil }
    let stolen = Double(stolen - earlier.stolen) / all
    return CPUUsage(busy: max(0, 1 - stolen - Double(idle - earlier.idle) / all), stolen: stolen)
  }
}

extension MachineCounters.Process {
  /// Reads `/proc/PID/stat`. The name in parentheses may contain anything; counted from the state
  /// after it, the 14th and 15th values are user and system time.
  init?(_ stat: String) {
    guard let start = stat.firstIndex(of: "("), let end = stat.lastIndex(of: ")"), start < end
    else { return nil }
    let numbers = stat[stat.index(after: end)...].split(separator: " ")
    guard numbers.count > 12, let user = Int(numbers[11]), let system = Int(numbers[12]) else {
      return nil
    }
    self.init(name: String(stat[stat.index(after: start)..<end]), ticks: user + system)
  }
}
