/// `--confirm`: whether a stored comparison measures again what may have changed.
package enum ConfirmChoice: String, Sendable, Hashable, CaseIterable {
  /// Confirms where somebody waits for the answer, and both sides can be built.
  case auto
  case always, never

  /// Somebody waits at a terminal, and in continuous integration.
  package func isWanted(isErrorTerminal: Bool, isContinuousIntegration: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isErrorTerminal || isContinuousIntegration
    }
  }
}
