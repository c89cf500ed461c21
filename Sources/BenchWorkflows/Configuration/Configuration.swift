package import BenchComparer

/// What `benchdb.toml` says of a project.
package struct Configuration: Sendable, Hashable {
  /// The project's name in headings; `nil` stands for the name of the repository's folder.
  package var project: String?
  package var executables: [ExecutableConfiguration] = []
  /// What `benchdb check` asks of a run.
  package var targets: [Target] = []
  package var settings: [SettingKey: String] = [:]

  package init() {}
}

/// One executable that holds benchmark suites, and how to build it.
package struct ExecutableConfiguration: Sendable, Hashable {
  package let name: String
  /// The build command and its arguments; never a line for a shell. Empty where nothing needs
  /// building.
  package let build: [String]
  /// Relative to the root of the repository.
  package let path: String
  /// The seconds after which one worker process is killed.
  package let timeout: Double
  /// Added to the worker's environment.
  package let environment: [String: String]
  /// Folders that hold the benchmarks' sources, relative to the root of the repository: what a
  /// paired comparison takes from HEAD for both sides.
  package let benchmarks: [String]
  /// Files and folders that the benchmarks read, relative to the root of the repository: their
  /// content is part of what is measured.
  package let reads: [String]

  package static let defaultTimeout = 120.0

  package init(
    name: String, build: [String], path: String,
    timeout: Double = ExecutableConfiguration.defaultTimeout, environment: [String: String] = [:],
    benchmarks: [String] = [], reads: [String] = []
  ) {
    self.name = name
    self.build = build
    self.path = path
    self.timeout = timeout
    self.environment = environment
    self.benchmarks = benchmarks
    self.reads = reads
  }
}
