import BenchModel

/// Counters of `/proc` and `/sys` at one moment; the difference of two is what happened between.
struct MachineCounters: Sendable {
  /// Clock ticks of all CPUs together since boot.
  let cpu: Ticks?
  /// Clock ticks that each process used, by number.
  let processes: [Int: Process]
  /// Microseconds in which some task waited.
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

  /// Reads everything as it is now.
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

  /// `total=` of the line `some`, in microseconds.
  private static func waited(_ text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix("some ") }?
      .split(separator: " ").first { $0.hasPrefix("total=") }
      .flatMap { Int($0.dropFirst(6)) }
  }

  /// The figure behind `name` in lines of name and figure.
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
  /// The first line of `/proc/stat`: user, nice, system, idle, waiting for disks, interrupts, soft
  /// interrupts, stolen. Time of guests is contained in the first two.
  init?(_ stat: String) {
    let numbers = stat.prefix { $0 != "\n" }.split(separator: " ")
    guard numbers.first == "cpu", numbers.count > 8 else { return nil }
    let ticks = numbers[1...8].compactMap { Int($0) }
    guard ticks.count == 8 else { return nil }
    self.init(total: ticks.reduce(0, +), idle: ticks[3] + ticks[4], stolen: ticks[7])
  }

  /// What became of the ticks since `earlier`; `nil` where there were none.
  func usage(since earlier: MachineCounters.Ticks) -> CPUUsage? {
    let all = Double(total - earlier.total)
    guard all > 0 else { return nil }
    let stolen = Double(stolen - earlier.stolen) / all
    return CPUUsage(busy: max(0, 1 - stolen - Double(idle - earlier.idle) / all), stolen: stolen)
  }
}

extension MachineCounters.Process {
  /// `/proc/PID/stat`: the name in parentheses, which may contain anything, then from the state on
  /// the 14th and 15th figure are user and system time.
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
