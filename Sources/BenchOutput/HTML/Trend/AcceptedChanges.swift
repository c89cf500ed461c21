import BenchComparer
import BenchModel
import TextCoding

/// What was accepted of one series: up to which size, in which commits, by whom, until when and
/// why.
struct AcceptedChanges {
  let history: SeriesHistory
  let setting: TrendSetting

  func write(to html: inout HTML) {
    let acceptances = setting.accepted.acceptances(of: history.key)
    guard !acceptances.isEmpty else { return }
    html.element("h4", "Accepted")
    html.element("ul", ["class": "small"]) { html in
      for acceptance in acceptances {
        html.element("li", Printable.excerpt(AcceptanceText.terms(acceptance)) + note(acceptance))
      }
    }
  }

  private func note(_ acceptance: Acceptance) -> String {
    let notes = [
      acceptance.isExpired(on: Day(setting.generated)) ? "over" : nil,
      setting.accepted.position(of: acceptance) == nil ? "not on this line of commits" : nil,
    ].compactMap(\.self)
    return notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
  }
}

extension AcceptedChange {
  /// Beside a change point.
  var tag: String {
    switch standing {
    case .inForce: "accepted"
    case .expired: "acceptance over"
    case .exceeded: "more than accepted"
    }
  }

  var tagClass: String { standing == .inForce ? "tag mark" : "tag care" }
}
