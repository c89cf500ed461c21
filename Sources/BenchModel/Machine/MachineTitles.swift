/// The names of several classes of machines beside one another: their summaries and, where several
/// have the same one, the facts in which these differ, as in `AMD EPYC, 2 cores, Linux 6 (memory
/// 16 GiB)`.
package struct MachineTitles: Sendable {
  private var titles: [MachineClass: String] = [:]

  package init(_ machines: some Sequence<MachineClass>) {
    let groups = Dictionary(grouping: Set(machines)) { MachineClass.folded($0.summary) }
    for machines in groups.values {
      let differing = Self.differing(machines)
      for machine in machines { titles[machine] = Self.title(of: machine, differing) }
    }
  }

  package subscript(machine: MachineClass) -> String { titles[machine] ?? machine.summary }

  /// The indices of the facts that not all have in common.
  private static func differing(_ machines: [MachineClass]) -> [Int] {
    guard let first = machines.first else { return [] }
    return first.facts.indices.filter { index in
      Set(machines.map { MachineClass.folded($0.facts[index].value) }).count > 1
    }
  }

  private static func title(of machine: MachineClass, _ differing: [Int]) -> String {
    guard !differing.isEmpty else { return machine.summary }
    let facts = differing.map { index in
      let fact = machine.facts[index]
      return fact.value.isEmpty ? "no \(fact.name)" : "\(fact.name) \(fact.value)"
    }
    return "\(machine.summary) (\(facts.joined(separator: ", ")))"
  }
}
