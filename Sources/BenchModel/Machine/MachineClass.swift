/// The slow facts of a machine. Only series of one class are compared.
///
/// Names that differ only in the case of letters or in blanks are one, since people write them by
/// hand: `CI large` and `ci  large ` are the same class.
package struct MachineClass: Sendable {
  package let architecture: String
  package let cpuModel: String
  package let cores: Int
  /// Memory in GiB, rounded to the nearest power of two so that a few megabytes of firmware do not
  /// make a new class.
  package let memoryBucketGiB: Int
  /// The system and its major version, `Linux 6` or `Darwin 25`.
  package let system: String
  /// The kind of virtualisation, such as `kvm` or `docker`, or `none`.
  package let virtualisation: String
  /// Limits on CPU and memory by a container, or `none`.
  package let containerLimits: String
  /// The name of a hosted runner's image, or empty.
  package let runnerImage: String
  /// All facts in the form in which they are compared.
  private let identity: String

  package init(
    architecture: String, cpuModel: String, cores: Int, memoryBucketGiB: Int, system: String,
    virtualisation: String = "none", containerLimits: String = "none", runnerImage: String = ""
  ) {
    self.architecture = architecture
    self.cpuModel = cpuModel
    self.cores = cores
    self.memoryBucketGiB = memoryBucketGiB
    self.system = system
    self.virtualisation = virtualisation
    self.containerLimits = containerLimits
    self.runnerImage = runnerImage
    let names = [
      architecture, cpuModel, system, virtualisation, containerLimits, runnerImage,
    ]
    identity = (names.map(Self.folded) + ["\(cores)", "\(memoryBucketGiB)"])
      .joined(separator: "\n")
  }

  /// A name in lower case, with one space between its words.
  static func folded(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  /// Every fact by name, in the order in which people read them.
  package var facts: [(name: String, value: String)] {
    [
      ("architecture", known(architecture)), ("CPU model", known(cpuModel)),
      ("cores", cores > 0 ? String(cores) : Self.unknown),
      ("memory", memoryBucketGiB > 0 ? "\(memoryBucketGiB) GiB" : Self.unknown),
      ("system", known(system)), ("virtualisation", known(virtualisation)),
      ("container limits", known(containerLimits)),
      ("runner image", runnerImage),
    ]
  }

  /// The facts in which two classes differ, for 'not comparable: CPU model differs (…)'.
  package func differences(from other: MachineClass) -> [String] {
    zip(facts, other.facts).filter { Self.folded($0.value) != Self.folded($1.value) }
      .map { "\($0.name) differs (\($0.value) against \($1.value))" }
  }

  /// The class in a few words, such as `AMD EPYC, 2 cores, Linux 6`, or the name where an imported
  /// file gives only that.
  package var summary: String {
    let parts = [cpuModel, cores > 0 ? "\(cores) core\(cores == 1 ? "" : "s")" : "", system]
      .filter { !$0.isEmpty }
    return parts.isEmpty ? "an unknown machine" : parts.joined(separator: ", ")
  }

  private static let unknown = "unknown"

  private func known(_ fact: String) -> String { fact.isEmpty ? Self.unknown : fact }
}

extension MachineClass: Hashable {
  package static func == (left: MachineClass, right: MachineClass) -> Bool {
    left.identity == right.identity
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}

extension MachineClass: Codable {
  private enum CodingKeys: CodingKey {
    case architecture, cpuModel, cores, memoryBucketGiB, system, virtualisation, containerLimits
    case runnerImage
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      architecture: try values.decode(String.self, forKey: .architecture),
      cpuModel: try values.decode(String.self, forKey: .cpuModel),
      cores: try values.decode(Int.self, forKey: .cores),
      memoryBucketGiB: try values.decode(Int.self, forKey: .memoryBucketGiB),
      system: try values.decode(String.self, forKey: .system),
      virtualisation: try values.decode(String.self, forKey: .virtualisation),
      containerLimits: try values.decode(String.self, forKey: .containerLimits),
      runnerImage: try values.decode(String.self, forKey: .runnerImage))
  }
}

/// The fast facts of a machine, taken when a session or a process starts. They are shown beside a
/// change, and never part of the class.
package struct MachineState: Sendable, Hashable, Codable {
  /// The full kernel release.
  package var kernel: String?
  package var governor: String?
  package var isTurboOn: Bool?
  /// Load average of the last minute.
  package var load: Double?
  /// Jiffies stolen by the hypervisor since boot.
  package var stealTicks: Int?
  /// The percentage of time in which some task waited for a CPU, over the last ten seconds.
  package var cpuPressure: Double?
  package var availableMemoryBytes: Int?
  package var swapUsedBytes: Int?
  package var clockSource: String?
  package var temperatureCelsius: Double?
  package var isOnBattery: Bool?
  /// Differs after a reboot.
  package var bootIdentifier: String?
  package var hostName: String?

  package init() {}
}
