import BenchModel
package import BenchRunner

/// The link orders that each side of a paired comparison gets.
package struct PairedLayouts {
  /// The seeds of BASE's link orders; 0 stands for the order in which it was built.
  package let baseSeeds: Range<Int>
  package let headSeeds: Range<Int>
  private let judgesIdentical: Bool

  /// `nil` where the order asks for one layout only.
  package init?(of order: PairedOrder) {
    guard let layouts = order.profile.layouts else { return nil }
    judgesIdentical = order.judgesIdentical
    baseSeeds = 1..<layouts + 1
    // A side that is compared with itself gets layouts of its own: their effect is what such a
    // comparison shows.
    headSeeds = judgesIdentical ? layouts + 1..<2 * layouts + 1 : baseSeeds
  }

  /// Whether an executable is measured: where both sides have the same, it is not.
  package func isMeasured(_ executable: SuiteExecutable, against other: [SuiteExecutable]) -> Bool {
    judgesIdentical || !other.contains { $0.build.binaryHash == executable.build.binaryHash }
  }

  /// Whether an executable is measured and both sides run the same code of it, so that only what it
  /// reads differs.
  package func hasSameCode(_ executable: SuiteExecutable, as other: [SuiteExecutable]) -> Bool {
    guard !judgesIdentical, let code = executable.codeHash else { return false }
    return isMeasured(executable, against: other) && other.contains { $0.codeHash == code }
  }
}
