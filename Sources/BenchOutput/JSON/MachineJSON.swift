package import BenchModel

/// `benchdb machine` for programs: `schemaVersion` 1, `kind` "machine", `class` with every fact,
/// and `state` with those that are known.
package enum MachineJSON {
  package static func text(_ machine: MachineClass, state: MachineState) -> String {
    JSONDocument.text(
      "machine", Document(class: MachineClassJSON(machine), state: StateJSON(state)))
  }

  private struct Document: Encodable {
    let `class`: MachineClassJSON
    let state: StateJSON
  }
}

/// The slow facts of a machine.
struct MachineClassJSON: Encodable {
  let architecture, cpuModel: String
  let cores: Int
  let memory: JSONNumber
  let system, virtualisation, containerLimits, runnerImage: String

  init(_ machine: MachineClass) {
    architecture = machine.architecture
    cpuModel = machine.cpuModel
    cores = machine.cores
    memory = JSONNumber(Double(machine.memoryBucketGiB), "GiB")
    system = machine.system
    virtualisation = machine.virtualisation
    containerLimits = machine.containerLimits
    runnerImage = machine.runnerImage
  }
}

/// The fast facts of a machine; an unknown one has no key.
struct StateJSON: Encodable {
  let kernel, governor, clockSource, bootIdentifier, hostName: String?
  let isTurboOn, isOnBattery: Bool?
  let load, stolen, cpuPressure, availableMemory, swapUsed, temperature: JSONNumber?

  init(_ state: MachineState) {
    kernel = state.kernel
    governor = state.governor
    clockSource = state.clockSource
    bootIdentifier = state.bootIdentifier
    hostName = state.hostName
    isTurboOn = state.isTurboOn
    isOnBattery = state.isOnBattery
    load = state.load.map { JSONNumber($0, "tasks") }
    stolen = state.stealTicks.map { JSONNumber(Double($0), "ticks") }
    cpuPressure = state.cpuPressure.map { .ratio($0 / 100) }
    availableMemory = state.availableMemoryBytes.map { JSONNumber(Double($0), "B") }
    swapUsed = state.swapUsedBytes.map { JSONNumber(Double($0), "B") }
    temperature = state.temperatureCelsius.map { JSONNumber($0, "°C") }
  }
}
