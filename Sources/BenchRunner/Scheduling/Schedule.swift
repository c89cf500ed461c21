package import BenchModel
import Foundation
import TextCoding

/// One process of a plan.
package struct PlannedProcess: Sendable, Hashable {
  package let benchmark: BenchmarkDeclaration
  package let pass: MeasurementPass
  /// The number of the process among those of its benchmark and pass, from 0.
  package let repetition: Int
  /// The position in the whole plan, from 0. The same declarations, profile, selection and seed
  /// give the same position.
  package let order: Int
}

/// The processes of a run in their order.
///
/// The session is divided into rounds. Each round has one timing process of every benchmark, and
/// its share of the counting processes, in an order shuffled anew. So a drift over the session
/// affects all series alike, and no benchmark always follows the same neighbour.
package struct Schedule: Sendable, Hashable {
  /// The seed of the data of every worker in every run. The order of processes is random; the
  /// measured work must not be, or two commits would be compared on different data.
  package static let workloadSeed: UInt64 = 0x5EED

  package let profile: Profile
  package let processes: [PlannedProcess]

  /// - Parameters:
  ///   - declarations: what there is to measure.
  ///   - profile: how much.
  ///   - selection: what of it.
  ///   - seed: orders the processes.
  ///   - counted: benchmarks whose instructions are counted in processes of their own, where the
  ///     profile has such.
  /// - Throws: `RunnerError` when the selection names an unknown suite, is no regular expression or
  ///   leaves nothing.
  package init(
    declarations: [BenchmarkDeclaration], profile: Profile, selection: Selection = Selection(),
    seed: UInt64, counted: Set<BenchmarkKey> = []
  ) throws {
    self.profile = profile
    // The order in which workers list their benchmarks must not matter.
    let selected = try Self.select(from: declarations, profile: profile, selection: selection)
      .sorted { $0.key < $1.key }
    var random = ScheduleRandom(seed: seed)
    var processes: [PlannedProcess] = []
    for round in Self.rounds(of: selected, profile: profile, counted: counted) {
      for slot in random.shuffled(round) {
        processes.append(
          PlannedProcess(
            benchmark: slot.benchmark, pass: slot.pass, repetition: slot.repetition,
            order: processes.count))
      }
    }
    self.processes = processes
  }

  /// The processes that are still to run, in order.
  package func remaining(finished: Set<Int>) -> [PlannedProcess] {
    processes.filter { !finished.contains($0.order) }
  }

  /// The estimated seconds of `processes` before any of them ran: sampling, warm-up, and 0.06 s for
  /// starting and setting up.
  package static func estimatedSeconds(of processes: [PlannedProcess], profile: Profile) -> Double {
    processes.reduce(0) {
      let plan = profile.plan($1.pass)
      // Valgrind takes most of a second to start, and makes everything slow.
      if $1.pass == .instructions { return $0 + 4 }
      // Counting ends after a few iterations.
      if $1.pass == .counting { return $0 + min(plan.seconds, 0.1) + 0.06 }
      return $0 + plan.seconds + plan.warmUpSeconds + 0.06
    }
  }

  private struct Slot {
    let benchmark: BenchmarkDeclaration
    let pass: MeasurementPass
    let repetition: Int
  }

  private static func rounds(
    of selected: [BenchmarkDeclaration], profile: Profile, counted: Set<BenchmarkKey>
  ) -> [[Slot]] {
    let count = max(profile.processes, profile.countingProcesses, profile.instructionProcesses)
    var rounds = [[Slot]](repeating: [], count: count)
    for benchmark in selected {
      for repetition in 0..<profile.processes {
        rounds[repetition].append(
          Slot(benchmark: benchmark, pass: .timing, repetition: repetition))
      }
      for repetition in 0..<profile.countingProcesses {
        rounds[repetition * count / profile.countingProcesses].append(
          Slot(benchmark: benchmark, pass: .counting, repetition: repetition))
      }
      for repetition in 0..<(counted.contains(benchmark.key) ? profile.instructionProcesses : 0) {
        rounds[repetition * count / profile.instructionProcesses].append(
          Slot(benchmark: benchmark, pass: .instructions, repetition: repetition))
      }
    }
    return rounds
  }

  /// The declared benchmarks that a selection leaves, at least one.
  /// - Throws: `RunnerError` when it names an unknown suite, is no regular expression or leaves
  ///   nothing.
  package static func select(
    from declarations: [BenchmarkDeclaration], profile: Profile, selection: Selection
  ) throws -> [BenchmarkDeclaration] {
    let suites = Set(declarations.map(\.key.suite))
    for suite in selection.suites where !suites.contains(suite) {
      throw RunnerError.unknownSuite(
        suite, suggestions: Suggestion.nearest(to: suite, in: suites.sorted()))
    }
    let filter = try selection.filterExpression()
    var exclusions = Exclusions(filter: selection.filter, profile: profile.name)
    let selected = try declarations.filter { declaration in
      let key = declaration.key
      let part = try part(leavingOut: key, profile, suites: selection.suites, filter: filter)
      if let part { exclusions.add(key, by: part) }
      return part == nil
    }
    guard !selected.isEmpty else { throw RunnerError.nothingSelected(exclusions) }
    return selected
  }

  /// The reason why a benchmark is not selected; `nil` where it is.
  private static func part(
    leavingOut key: BenchmarkKey, _ profile: Profile, suites: [String],
    filter: Regex<AnyRegexOutput>?
  ) throws -> Exclusions.Part? {
    if !suites.isEmpty, !suites.contains(key.suite) { return .suite }
    if sizes(of: key).contains(where: { $0 > profile.maximumRecords }) { return .records }
    guard let filter, try filter.firstMatch(in: key.description) == nil else { return nil }
    return .filter
  }

  /// The amount of data of a benchmark, as far as its parameters show it.
  private static func sizes(of key: BenchmarkKey) -> [Int] {
    ["records", "elements"].compactMap { key.parameters[$0].flatMap { Int($0) } }
  }
}

extension Selection {
  /// Throws `RunnerError.invalidFilter` unless the filter is a regular expression; worth knowing
  /// before anything is built.
  package func checkFilter() throws { _ = try filterExpression() }

  fileprivate func filterExpression() throws -> Regex<AnyRegexOutput>? {
    try filter.map { filter in
      do { return try Regex(filter) } catch {
        throw RunnerError.invalidFilter(filter, reason: "\(error)")
      }
    }
  }
}
