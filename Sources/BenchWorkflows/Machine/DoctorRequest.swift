package import BenchComparer
package import BenchModel
import BenchOutput
import BenchRunner
import BenchStore

/// `benchdb doctor`: what makes this machine noisy, and whether the database is well.
package struct DoctorRequest {
  private let workspace: Workspace
  /// How long the machine is watched, as it was typed.
  private let seconds: String?

  package init(seconds: String? = nil, in workspace: Workspace) {
    self.seconds = seconds
    self.workspace = workspace
  }

  /// - Returns: an answer that fails where the database is damaged.
  package func run() throws -> DataAnswer {
    let seconds = try workspace.settings.value(of: .seconds, flag: seconds) ?? 3
    // A database that can't be used is known before anybody waits for the rest.
    let health = try health()
    let reach = try reach()
    let rule = try ComparisonRule(settings: workspace.settings, floor: nil, alpha: nil)
    return Self.answer(MachineObserver().observe(seconds: seconds), health, reach, rule: rule)
  }

  /// What the gate can see here, by what the latest run on this class of machines measured; `nil`
  /// where there is none.
  package func reach() throws -> GateReach? {
    let rule = try ComparisonRule(settings: workspace.settings, floor: nil, alpha: nil)
    let machine = MachineProbe().machineClass()
    do {
      let store = try workspace.openForReading()
      for stored in try store.runs(limit: Self.latestRuns) where stored.run.purpose.isCurrent {
        let measured = try store.seriesData(of: .runs([stored.run.id]), machine: machine)
        if let reach = GateReach(recorded: measured, rule: rule) { return reach }
      }
      return nil
    } catch StoreError.missing { return nil }
  }

  /// Of more runs than these nobody wants to know.
  private static let latestRuns = 10

  /// - Returns: `nil` where nothing was recorded yet.
  package func health() throws -> DatabaseHealth? {
    do { return try workspace.openForReading().health() } catch StoreError.missing { return nil }
  }

  package static func answer(
    _ observation: MachineObservation, _ health: DatabaseHealth?, _ reach: GateReach? = nil,
    rule: ComparisonRule = ComparisonRule()
  ) -> DataAnswer {
    let noise = RoundNoise(observation.spins)
    let diagnosis = NoiseDiagnosis(observation)
    let damage = health.flatMap { health in
      health.isIntact
        ? nil : CommandFailure("the database \(health.path) is damaged; see above.")
    }
    return DataAnswer(
      json: DoctorJSON.text(
        diagnosis, of: observation, database: health, reach: reach, noise: noise, rule: rule),
      failure: damage
    ) { width, style in
      let machine = DoctorText.text(diagnosis, of: observation, width: width, style: style)
      let database =
        health.map { DatabaseHealthText.text($0, width: width, style: style) }
        ?? "There is no results database yet; `benchdb record` makes one.\n"
      return machine + "\n"
        + DoctorText.reach(
          reach, noise: noise, rule: rule, width: width, style: style) + "\n" + database
    }
  }
}
