package import BenchComparer
package import BenchModel
import BenchOutput
import TextCoding

/// Resolves settings in the order flag, environment, `benchdb.toml`.
package struct Settings: Sendable {
  private let environment: [String: String]
  private let file: [SettingKey: String]

  package init(environment: [String: String], file: [SettingKey: String]) {
    self.environment = environment
    self.file = file
  }

  /// The setting's value, or `nil` where nothing gives one.
  /// - Throws: `CommandFailure` that names where the value came from, when it is not one.
  package func value<Value>(of setting: Setting<Value>, flag: String?) throws -> Value? {
    guard let (text, origin) = text(of: setting.key, flag: flag) else { return nil }
    guard let value = setting.read(text) else {
      throw CommandFailure(
        "\(origin): '\(Printable.text(text))' is not a value for it; expected \(setting.expectation)."
      )
    }
    return value
  }

  /// The same for a switch, whose flag has no text.
  package func isOn(_ setting: Setting<Bool>, flag: Bool) throws -> Bool {
    try flag || value(of: setting, flag: nil) ?? false
  }

  private func text(of key: SettingKey, flag: String?) -> (text: String, origin: String)? {
    if let flag { return (flag, "--\(key.name)") }
    if let text = environment[key.environmentVariable] { return (text, key.environmentVariable) }
    if let text = file[key] { return (text, "benchdb.toml, \(key)") }
    return nil
  }
}

extension ComparisonRule {
  /// The rule that flags, the environment and `benchdb.toml` ask for, in this order.
  /// - Throws: `CommandFailure` for a value that is none, and for a margin below the floor.
  package init(
    settings: Settings, floor: String?, margin: String? = nil, alpha: String?
  ) throws {
    let leastChange = try settings.value(of: .floor, flag: floor) ?? ComparisonRule().floor
    let largestNone = try settings.value(of: .margin, flag: margin)
    if let largestNone, largestNone < leastChange {
      throw CommandFailure(
        "the margin of 'no change', \(Percentage.text(largestNone)), is below the floor, "
          + "\(Percentage.text(leastChange)): a change between the two would be neither. Raise "
          + "--margin or lower --floor.")
    }
    self.init(
      floor: leastChange, margin: largestNone,
      alpha: try settings.value(of: .alpha, flag: alpha) ?? ComparisonRule().alpha)
  }
}

extension Profile {
  /// - Throws: `CommandFailure` for a name that is none.
  package static func chosen(flag: String?, settings: Settings) throws -> Profile {
    let name = try settings.value(of: .profile, flag: flag) ?? Profile.quick.name
    guard let chosen = Profile.all.first(where: { $0.name == name }) else {
      let names = Profile.all.map(\.name)
      let meant = Suggestion.closest(to: name, in: names).map { " Did you mean '\($0)'?" } ?? ""
      throw CommandFailure(
        "there is no profile '\(Printable.text(name))'; there are \(names.joined(separator: ", "))."
          + meant)
    }
    return chosen
  }

  /// The same amount of measuring a process, in another number of processes.
  package func with(processes: Int) -> Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: maximumRecords,
      instructionProcesses: instructionProcesses, layouts: layouts, sessions: sessions)
  }
}
