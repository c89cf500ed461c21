import BenchRunner

/// Why an executable has one code layout only.
package enum OneLayoutReason: Hashable {
  /// Its build makes the same bytes whatever the seed is.
  case ignoresSeed
  /// Its build makes other bytes each time, which proves nothing.
  case notReproducible
  /// What its build makes is a script, whose layout is that of something else.
  case script
  /// Nothing builds it, and it is a script.
  case interpreted
  /// Nothing builds it, and it is no script.
  case notBuilt
  /// Both sides run the same code, and only what it reads differs.
  case sameCode

  /// Whether layout can't be what moved a duration of it.
  package var isUnconcerned: Bool { self == .interpreted || self == .sameCode }

  /// What is said of the executable called `name`, which `command` builds.
  package func sentence(of name: String, builtBy command: [String]) -> String {
    let command = "`\(command.joined(separator: " "))`"
    let variable = BuildRecipe.layoutVariable
    return switch self {
    case .ignoresSeed:
      "\(name) has one layout a side: \(command) makes the same bytes whatever \(variable) is. "
        + Self.advice
    case .notReproducible:
      "\(name) has one layout a side: \(command) makes other bytes each time, so nobody can tell "
        + "what \(variable) does to it. Leave times and temporary paths out of the executable."
    case .script:
      "\(name) has one layout a side: \(command) makes a script, and what that runs can't be laid "
        + "out otherwise."
    case .interpreted: "\(name) is a script, whose code layout does not change."
    case .notBuilt:
      "\(name) has one layout a side: nothing builds it, so it can't be laid out otherwise."
    case .sameCode:
      "Both sides run the same \(name); only what it reads differs, so layout can't be what moves "
        + "it."
    }
  }

  /// The line that most projects can add.
  private static let advice =
    "With lld and -ffunction-sections, this line of a makefile varies it: `LDFLAGS += "
    + "$${BENCHDB_LAYOUT:+-fuse-ld=lld -Wl,--shuffle-sections=.text*=$$BENCHDB_LAYOUT}`. The page "
    + "on layouts has the lines for other builds."
}
