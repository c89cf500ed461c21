import Foundation

/// As much of GitHub's description of an event as matters here. Each fact is read by itself, so
/// that one that is missing or of another kind costs no other.
struct GitHubEvent {
  private let root: [String: Any]

  /// - Throws: `Unreadable` where the text is no JSON object.
  init(_ text: Data) throws(Unreadable) {
    guard let root = try? JSONSerialization.jsonObject(with: text) as? [String: Any] else {
      throw Unreadable.noObject
    }
    self.root = root
  }

  /// Where there is nothing to read.
  init() { root = [:] }

  enum Unreadable: Error {
    case noObject
  }

  func has(_ key: String) -> Bool { root[key] is [String: Any] }

  /// The text at a path of keys that is not empty, as `pull_request`, `head`, `sha`.
  func text(_ path: String...) -> String? {
    (value(path) as? String).flatMap { $0.isEmpty ? nil : $0 }
  }

  func number(_ path: String...) -> Int? { value(path) as? Int }

  private func value(_ path: [String]) -> Any? {
    path.reduce(root as Any?) { value, key in (value as? [String: Any])?[key] }
  }
}
