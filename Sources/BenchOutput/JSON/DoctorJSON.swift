package import BenchComparer
package import BenchModel

/// `benchdb doctor` for programs: `schemaVersion` 1, `kind` "doctor", `machine` with every finding,
/// `database`, null where there is none, and `gate`, the smallest changes that it can see: in half
/// of its series (`median`) and in the noisiest one; null where nothing was recorded.
package enum DoctorJSON {
  package static func text(
    _ diagnosis: NoiseDiagnosis, of observation: MachineObservation, database: DatabaseHealth?,
    reach: GateReach? = nil, noise: RoundNoise? = nil, rule: ComparisonRule = ComparisonRule()
  ) -> String {
    JSONDocument.text(
      "doctor",
      Document(
        machine: Machine(diagnosis, observation),
        database: database.map(DatabaseHealthJSON.Document.init), gate: reach.map(Gate.init),
        rounds: noise.map { Rounds($0, rule) }))
  }

  /// What the moments of the machine do to rounds: deviations on the log scale, relative changes.
  private struct Rounds: Encodable {
    let series: Int
    let seconds: JSONNumber
    let deviationApart: JSONNumber
    let deviationInTurns: JSONNumber
    let smallestApart: JSONNumber
    let smallestInTurns: JSONNumber

    init(_ noise: RoundNoise, _ rule: ComparisonRule) {
      series = RoundNoise.series
      seconds = .ratio(RoundNoise.seconds)
      deviationApart = .ratio(noise.apart)
      deviationInTurns = .ratio(noise.inTurns)
      smallestApart = .ratio(noise.smallest(noise.apart, rule: rule))
      smallestInTurns = .ratio(noise.smallest(noise.inTurns, rule: rule))
    }
  }

  private struct Gate: Encodable {
    let series: Int
    let median: JSONNumber
    let noisiest: String
    let largest: JSONNumber

    init(_ reach: GateReach) {
      series = reach.series
      median = .ratio(reach.median)
      noisiest = reach.noisiest.description
      largest = .ratio(reach.largest)
    }
  }

  private struct Document: Encodable {
    let machine: Machine
    let database: DatabaseHealthJSON.Document?
    let gate: Gate?
    let rounds: Rounds?

    private enum Key: String, CodingKey { case machine, database, gate, rounds }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(machine, forKey: .machine)
      try values.encode(database, forKey: .database)
      try values.encode(gate, forKey: .gate)
      try values.encode(rounds, forKey: .rounds)
    }
  }

  private struct Machine: Encodable {
    let `class`: MachineClassJSON
    let state: StateJSON
    let watched: JSONNumber
    let repetitions: Int
    let findings: [Finding]
    let advice: [String]

    init(_ diagnosis: NoiseDiagnosis, _ observation: MachineObservation) {
      self.class = MachineClassJSON(observation.machine)
      state = StateJSON(observation.state)
      watched = JSONNumber(observation.seconds, "s")
      repetitions = observation.spins.count
      findings = diagnosis.findings.map(Finding.init)
      advice = DoctorAdvice.of(diagnosis)
    }
  }

  /// `value` is the number where there is one; `text` has all that was seen.
  private struct Finding: Encodable {
    let source: String
    let severity: NoiseFinding.Severity
    let text: String
    let value: JSONNumber?
    let gain: JSONNumber?
    let advice: String?
    let processes: [Process]?

    init(_ finding: NoiseFinding) {
      source = finding.source.rawValue
      severity = finding.severity
      text = NoiseText.evidence(finding)
      value = finding.evidence.number
      gain = finding.gain > 0 ? .ratio(finding.gain) : nil
      advice = NoiseAdvice.text(finding)
      processes =
        if case .processes(let all, _) = finding.evidence { all.map(Process.init) } else { nil }
    }
  }

  private struct Process: Encodable {
    let identifier: Int
    let name: String
    let cpu: JSONNumber

    init(_ process: BusyProcess) {
      (identifier, name) = (process.identifier, process.name)
      cpu = JSONNumber(process.cpus, "CPUs")
    }
  }
}

extension NoiseFinding.Evidence {
  fileprivate var number: JSONNumber? {
    switch self {
    case .share(let share): .ratio(share)
    case .resources(let shares): shares.values.max().map(JSONNumber.ratio)
    case .processes(_, let cpus): JSONNumber(cpus, "CPUs")
    case .load(let load, _): JSONNumber(load, "tasks")
    case .count(let count): JSONNumber(Double(count), "count")
    case .nothing, .words, .isOn: nil
    }
  }
}
