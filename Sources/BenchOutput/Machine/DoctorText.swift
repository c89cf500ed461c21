package import BenchComparer
package import BenchModel
import TextCoding

/// The machine part of `benchdb doctor` for a terminal: what makes it noisy, what is fine, what to
/// do, that which gains most first.
package enum DoctorText {
  package static func text(
    _ diagnosis: NoiseDiagnosis, of observation: MachineObservation, width: Int = 80,
    style: TerminalStyle = .plain
  ) -> String {
    let problems = diagnosis.findings(.bad, .warning)
    var lines = [style.text("machine", .heading)]
    lines += Elision.wrap(
      Printable.text(observation.machine.summary)
        + ", watched for \(Quantity(observation.seconds * 1e9, .nanoseconds))", width: width)
    lines += ["", style.text(summary(problems), problems.isEmpty ? .good : .bold)]
    lines += facts(problems).lines(width: width, style: style)
    lines += folded("fine", diagnosis.findings(.fine).map(fine), width, style)
    lines += folded(
      "not known here", diagnosis.findings(.unknown).map { NoiseText.name($0.source) }, width,
      style)
    lines += advice(diagnosis, width, style)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The section that says what the gate can see on this machine.
  package static func reach(
    _ reach: GateReach?, noise: RoundNoise? = nil, rule: ComparisonRule = ComparisonRule(),
    width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    let sentences =
      [GateReachText.text(reach)] + (noise.map { [GateReachText.text($0, rule: rule)] } ?? [])
    let text = sentences.flatMap { Elision.wrap(Printable.text($0), width: width) }
    return ([style.text("gate", .heading)] + text).joined(separator: "\n") + "\n"
  }

  private static func summary(_ problems: [NoiseFinding]) -> String {
    guard !problems.isEmpty else { return "Nothing was seen that makes this machine noisy." }
    let bad = problems.count { $0.severity == .bad }
    let things = English.count(problems.count, "thing makes", "things make")
    return "\(things) this machine noisy" + (bad > 0 ? ", \(bad) of them badly." : ".")
  }

  private static func facts(_ problems: [NoiseFinding]) -> FactText {
    var facts = FactText()
    for finding in problems {
      facts.add(
        NoiseText.name(finding.source), NoiseText.evidence(finding),
        finding.severity == .bad ? .bad : .warning)
    }
    return facts
  }

  /// `governor performance`
  private static func fine(_ finding: NoiseFinding) -> String {
    switch finding.evidence {
    case .share(let share): "\(NoiseText.name(finding.source)) \(Percentage.text(share))"
    case .resources: NoiseText.name(finding.source)
    default: "\(NoiseText.name(finding.source)) \(NoiseText.evidence(finding))"
    }
  }

  private static func folded(
    _ title: String, _ names: [String], _ width: Int, _ style: TerminalStyle
  ) -> [String] {
    guard !names.isEmpty else { return [] }
    return [""]
      + Elision.wrap("\(title): " + names.joined(separator: "; "), width: width)
      .map { style.text($0, .dim) }
  }

  private static func advice(
    _ diagnosis: NoiseDiagnosis, _ width: Int, _ style: TerminalStyle
  ) -> [String] {
    let advice = DoctorAdvice.of(diagnosis)
    guard !advice.isEmpty else { return [] }
    let lines = advice.enumerated().flatMap { number, text in
      Elision.wrap("\(number + 1). \(text)", width: width)
    }
    return ["", style.text("advice, what gains most first", .heading)] + lines
  }
}

/// What to do about a machine, one sentence each.
package enum DoctorAdvice {
  /// What would gain most comes first, whatever its severity. Findings with the same advice share
  /// it.
  package static func of(_ diagnosis: NoiseDiagnosis) -> [String] {
    var seen: Set<String> = []
    return diagnosis.findings(.bad, .warning).sorted { $0.gain > $1.gain }
      .compactMap(NoiseAdvice.text).filter { seen.insert($0).inserted }
  }
}
