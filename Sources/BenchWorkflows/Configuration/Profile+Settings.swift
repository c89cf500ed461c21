package import BenchModel
import BenchOutput
import TextCoding

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
