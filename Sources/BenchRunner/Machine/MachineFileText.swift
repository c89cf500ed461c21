import Foundation

/// Reads single facts from the texts of `/proc` and `/sys`.
package enum MachineFileText {
  /// The first `model name` of `/proc/cpuinfo`, or on ARM, which has none, the implementer and the
  /// part.
  package static func cpuModel(_ cpuinfo: String) -> String? {
    if let name = value("model name", in: cpuinfo) {
      return name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    guard let implementer = value("CPU implementer", in: cpuinfo),
      let part = value("CPU part", in: cpuinfo)
    else { return value("Model", in: cpuinfo) }
    return "ARM \(implementer)/\(part)"
  }

  /// The value of a line `Name:  123 kB` of `/proc/meminfo`.
  package static func kibibytes(_ name: String, in meminfo: String) -> Int? {
    value(name, in: meminfo)?.split(separator: " ").first.flatMap { Int($0) }
  }

  /// The number of bits in `Cpus_allowed` of `/proc/self/status`: `ff,ffffffff` is 40.
  package static func allowedCores(_ status: String) -> Int? {
    guard let mask = value("Cpus_allowed", in: status) else { return nil }
    let words = mask.split(separator: ",").compactMap { UInt64($0, radix: 16) }
    let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    return count > 0 ? count : nil
  }

  /// The memory in GiB, rounded to the nearest power of two, at least 1.
  package static func memoryBucketGiB(kibibytes: Int) -> Int {
    let exponent = log2(Double(max(kibibytes, 1)) / 1_048_576).rounded()
    return 1 << max(0, min(40, Int(exponent)))
  }

  /// The eighth value of the first line of `/proc/stat`.
  package static func stealTicks(_ stat: String) -> Int? {
    let numbers = stat.prefix { $0 != "\n" }.split(separator: " ")
    return numbers.count > 8 && numbers[0] == "cpu" ? Int(numbers[8]) : nil
  }

  /// The value `some avg10` of `/proc/pressure/cpu`.
  package static func pressure(_ text: String) -> Double? {
    text.split(separator: "\n").first { $0.hasPrefix("some ") }?
      .split(separator: " ").first { $0.hasPrefix("avg10=") }
      .flatMap { Double($0.dropFirst(6)) }
  }

  /// The virtualisation that a machine's vendor and processor flags show.
  package static func virtualisation(product: String, cpu: String) -> String {
    let known = [
      ("KVM", "kvm"), ("QEMU", "qemu"), ("VMware", "vmware"), ("VirtualBox", "virtualbox"),
      ("Xen", "xen"), ("Virtual Machine", "hyper-v"), ("Amazon EC2", "amazon"),
      ("Google", "google"),
    ]
    let flags = value("flags", in: cpu)?.split(separator: " ") ?? []
    // Amazon and Google use the same name for bare metal and virtual machines; only the flag
    // differs.
    guard
      flags.contains("hypervisor") || known.prefix(6).contains(where: { product.contains($0.0) })
    else { return "none" }
    return known.first { product.contains($0.0) }?.1 ?? "hypervisor"
  }

  /// Whether the processor's flags name a hypervisor; `nil` where there are none, as on ARM.
  package static func hasHypervisor(_ cpuinfo: String) -> Bool? {
    value("flags", in: cpuinfo)?.split(separator: " ").contains("hypervisor")
  }

  /// The paths of `/proc/self/cgroup` by controller; version 2 has the empty name.
  package static func controlGroups(_ text: String) -> [String: String] {
    var groups: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        groups[String(controller)] = String(parts[2])
      }
    }
    return groups
  }

  /// The number of cores in `cpu.max` of version 2: `200000 100000` is 2, `max 100000` no limit.
  package static func cpuLimit(v2 text: String) -> Double? {
    let numbers = text.split(separator: " ").map { Int($0) }
    return numbers.count == 2 ? cpuLimit(quota: numbers[0], period: numbers[1]) : nil
  }

  /// The number of cores of version 1, where a quota of −1 is no limit.
  package static func cpuLimit(quota: Int?, period: Int?) -> Double? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return Double(quota) / Double(period)
  }

  /// The limits in words, `2 CPUs, 4 GiB`, or `none`. Version 1 expresses 'no limit' as a number
  /// near 2⁶³.
  package static func limits(cpu: Double?, memoryBytes: Int?) -> String {
    var parts: [String] = []
    if let cpu {
      // No machine has a billion cores, and an infinite number has no digits.
      let hundredths = Int((max(0, min(cpu, 1e9)) * 100).rounded())
      let text = hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
      parts.append("\(text) CPU\(text == "1" ? "" : "s")")
    }
    if let memoryBytes, memoryBytes > 0, memoryBytes < 1 << 60 {
      let mebibytes = memoryBytes >> 20
      parts.append(
        mebibytes % 1_024 == 0 ? "\(mebibytes / 1_024) GiB" : "\(mebibytes) MiB")
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// The start of a process in clock ticks since boot: the 22nd value of `/proc/PID/stat`; `nil`
  /// for a zombie, which no longer runs. The name may contain anything, so values are counted from
  /// the last parenthesis.
  package static func startTicks(_ stat: String) -> Int? {
    guard let end = stat.lastIndex(of: ")") else { return nil }
    let numbers = stat[stat.index(after: end)...].split(separator: " ")
    return numbers.count > 19 && numbers[0] != "Z" ? Int(numbers[19]) : nil
  }

  /// The value of the first line `name : value`.
  private static func value(_ name: String, in text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else {
        continue
      }
      return parts[1].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
