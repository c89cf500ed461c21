import Foundation

/// The facts of GitHub's description of an event that matter here. Each is read by itself, so that
/// one that is missing or of another type does not affect the others.
struct GitHubEvent {
  private let root: [String: Any]

  /// - Throws: `Unreadable` where the text is no JSON object.
  init(_ text: Data) throws(Unreadable) {
    guard let root = try? JSONSerialization.jsonObject(with: text) as? [String: Any] else {
      throw Unreadable.noObject
    }
    self.root = root
  }

  /// Creates an event without facts.
  init() { root = [:] }

  enum Unreadable: Error {
    case noObject
  }

  func has(_ key: String) -> Bool { root[key] is [String: Any] }

  /// The text at a path of keys such as `pull_request`, `head`, `sha`; `nil` where it is empty.
  func text(_ path: String...) -> String? {
    (value(path) as? String).flatMap { $0.isEmpty ? nil : $0 }
  }

  func number(_ path: String...) -> Int? { value(path) as? Int }

  private func value(_ path: [String]) -> Any? {
    path.reduce(root as Any?) { value, key in (value as? [String: Any])?[key] }
  }
}
