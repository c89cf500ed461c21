import BenchOutput
import BenchRunner

/// `benchdb machine`: this machine as results remember it.
package struct MachineRequest {
  package init() {}

  package func run() -> DataAnswer {
    let probe = MachineProbe()
    let (machine, state) = (probe.machineClass(), probe.state())
    return DataAnswer(json: MachineJSON.text(machine, state: state)) { width, style in
      MachineText.text(machine, state: state, width: width, style: style)
    }
  }
}
