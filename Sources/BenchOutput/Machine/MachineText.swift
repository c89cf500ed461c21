package import BenchModel

/// `benchdb machine` for a terminal: the facts that must agree for two series to be compared, and
/// those that are only shown.
package enum MachineText {
  package static func text(
    _ machine: MachineClass, state: MachineState, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    var slow = FactText()
    for fact in machine.facts {
      slow.add(fact.name, fact.name == "runner image" && fact.value.isEmpty ? "none" : fact.value)
    }
    var fast = FactText()
    for fact in state.facts { fast.add(fact.name, fact.text) }
    let lines =
      [style.text("machine class (only series of one class are compared)", .heading)]
      + slow.lines(width: width, style: style)
      + ["", style.text("machine state (shown beside a change)", .heading)]
      + fast.lines(width: width, style: style)
    return lines.joined(separator: "\n") + "\n"
  }
}

/// One fast fact as people read it and as programs do.
struct StateFact {
  let name: String
  let text: String?
}

extension MachineState {
  /// Every fact in the order in which people read them; unknown ones have no text.
  var facts: [StateFact] {
    [
      StateFact(name: "kernel", text: kernel),
      StateFact(name: "governor", text: governor),
      StateFact(name: "turbo", text: isTurboOn.map { $0 ? "on" : "off" }),
      StateFact(name: "load", text: load.map { Digits.fixed($0, decimals: 2) }),
      StateFact(name: "stolen ticks", text: stealTicks.map(Digits.grouped)),
      StateFact(name: "CPU pressure", text: cpuPressure.map { Percentage.text($0 / 100) }),
      StateFact(name: "available memory", text: availableMemoryBytes.map(Self.bytes)),
      StateFact(name: "swap used", text: swapUsedBytes.map(Self.bytes)),
      StateFact(name: "clock source", text: clockSource),
      StateFact(
        name: "temperature",
        text: temperatureCelsius.map { "\(Digits.fixed($0, decimals: 1)) °C" }),
      StateFact(name: "power", text: isOnBattery.map { $0 ? "battery" : "mains" }),
      StateFact(name: "boot", text: bootIdentifier),
      StateFact(name: "host", text: hostName),
    ]
  }

  private static func bytes(_ count: Int) -> String {
    Quantity(Double(count), .bytes).description
  }
}

/// Facts in two columns, the name and what is known.
struct FactText {
  private var table: TextTable

  init() {
    table = TextTable(columns: [.init(""), .init("", fitting: .wrapping(minimum: 20))])
  }

  /// Adds a fact; one that is not known is said to be so.
  mutating func add(_ name: String, _ value: String?, _ role: TextRole? = nil) {
    let isKnown = value?.isEmpty == false
    table.add([
      .init(name), .init(isKnown ? value ?? "" : "not known", isKnown ? role : .dim),
    ])
  }

  /// The lines without the empty heading.
  func lines(width: Int, style: TerminalStyle) -> [String] {
    Array(table.lines(width: width, style: style).dropFirst())
  }
}
