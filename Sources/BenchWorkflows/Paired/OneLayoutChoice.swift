/// `--one-layout`: what durations are worth where each side has one code layout.
package enum OneLayoutChoice: String, Sendable, Hashable, CaseIterable {
  /// They convict where an exact count that moved stands beside them.
  case corroborate
  /// They are taken as they are.
  case trust
}
