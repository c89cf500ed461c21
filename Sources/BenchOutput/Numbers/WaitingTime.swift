/// A length of time for people who wait: whole seconds, two units at most.
package enum WaitingTime {
  /// `under 1 s`, `42 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`
  package static func text(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "unknown" }
    guard seconds >= 1 else { return "under 1 s" }
    let whole = Int(min(seconds, 1e12).rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return pair(whole / 60, "min", whole % 60, "s")
    case ..<86_400: return pair(whole / 3600, "h", whole % 3600 / 60, "min")
    default: return pair(whole / 86_400, "d", whole % 86_400 / 3600, "h")
    }
  }

  private static func pair(_ major: Int, _ large: String, _ minor: Int, _ small: String) -> String {
    let whole = "\(Digits.grouped(major)) \(large)"
    return minor == 0 ? whole : "\(whole) \(minor) \(small)"
  }
}
