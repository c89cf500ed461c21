package import BenchComparer

/// A comparison's warnings in words, the same in every format.
package enum WarningText {
  package static func text(_ warning: ComparisonWarning) -> String {
    switch warning {
    case .stateChanged(let fact, let base, let head):
      "\(fact) differs between the sides (\(base) against \(head))"
    case .toolchainChanged(let base, let head):
      "the toolchain differs between the sides (\(base) against \(head)): a change may be the compiler's"
    case .noNoiseKnown:
      "how sessions of unchanged code differ on this machine is not known yet, so it is assumed; "
        + "record unchanged code again to teach it"
    case .noiseKnown(let pairs):
      "the noise between sessions was learnt from "
        + English.count(pairs, "pair") + " of sessions of identical code on this machine"
    case .fewProcesses(let minimum):
      "some series stand on \(English.processes(minimum)) a side: small changes cannot be seen"
    }
  }
}
