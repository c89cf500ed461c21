internal import BenchModel
internal import Foundation
internal import TextCoding

/// Reads the machine of a line, which is a name or an object of facts.
enum MachineReading {
  static func machine(_ fields: LineFields) throws(LineProblem) -> MachineClass? {
    guard let field = fields[.machine] else { return nil }
    if field.kind == .text {
      guard let name = try fields.text(.machine), !name.isEmpty else { throw wrong }
      return .named(name)
    }
    guard field.kind == .object else { throw wrong }
    guard let facts = try? InterchangeCoding.decode(Facts.self, fields, .machine),
      let machine = facts.machine
    else { throw wrong }
    return machine
  }

  private static var wrong: LineProblem {
    .wrongValue(
      key: "machine",
      expected: "a name, or an object with 'cpuModel' and what else is known of the machine, "
        + "'cores' and 'memoryBucketGiB' as whole numbers")
  }

  /// The facts of `MachineClass`; only the model of the CPU, or a name instead of it, is required.
  private struct Facts: Decodable {
    let name, architecture, cpuModel, system, virtualisation, containerLimits, runnerImage: String?
    let cores, memoryBucketGiB: Int?

    var machine: MachineClass? {
      guard let model = cpuModel ?? (name == "" ? nil : name), (cores ?? 0) >= 0,
        (memoryBucketGiB ?? 0) >= 0
      else { return nil }
      return MachineClass(
        architecture: architecture ?? "", cpuModel: model, cores: cores ?? 0,
        memoryBucketGiB: memoryBucketGiB ?? 0, system: system ?? "",
        virtualisation: virtualisation ?? "", containerLimits: containerLimits ?? "",
        runnerImage: runnerImage ?? "")
    }
  }
}
