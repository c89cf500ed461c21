/// What this build is.
package enum Version {
  /// Semantic version; the change log says what came with each.
  package static let current = "0.1.0"
}
