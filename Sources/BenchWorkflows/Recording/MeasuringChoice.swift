package import BenchModel

/// What is measured and how much of it, as the command line says; what is `nil` is looked up in the
/// settings.
package struct MeasuringChoice: Sendable {
  package var suite: [String]
  /// A regular expression.
  package var filter: String?
  /// A profile's name.
  package var profile: String?
  package var counter: String?

  package init(
    suite: [String] = [], filter: String? = nil, profile: String? = nil, counter: String? = nil
  ) {
    self.suite = suite
    self.filter = filter
    self.profile = profile
    self.counter = counter
  }

  package func selection(_ settings: Settings) throws -> Selection {
    Selection(
      suites: suite.isEmpty ? try settings.value(of: .suite, flag: nil) ?? [] : suite,
      filter: try settings.value(of: .filter, flag: filter))
  }

  /// The profile, with the counter that was asked for.
  /// - Throws: `CommandFailure` for a name that is none.
  package func profile(_ settings: Settings) throws -> Profile {
    let counter = try settings.value(of: .counter, flag: counter)
    return try Profile.chosen(flag: profile, settings: settings)
      .counting(counter.map { [$0] } ?? [])
  }

  /// The flags that select benchmarks and were given.
  var givenSelection: [String] {
    [suite.isEmpty ? nil : "--suite", filter.map { _ in "--filter" }].compactMap(\.self)
  }

  /// The flags that say how much is measured and were given.
  var givenProfile: [String] {
    [profile.map { _ in "--profile" }, counter.map { _ in "--counter" }].compactMap(\.self)
  }
}
