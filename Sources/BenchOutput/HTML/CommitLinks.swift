package import BenchModel
import Foundation
import TextCoding

/// Links to the pages on the web where commits can be read.
package struct CommitLinks: Sendable, Hashable {
  /// What stands for the commit's hash.
  package static let placeholder = "{commit}"

  private let pattern: String?

  /// No links.
  package init() { pattern = nil }

  /// An address beginning with `https://` or `http://` that holds `{commit}`; `nil` for any other
  /// text, since what else a link can be may do more than lead somewhere.
  package init?(pattern: String) {
    let isAddress = ["https://", "http://"].contains { pattern.lowercased().hasPrefix($0) }
    guard isAddress, pattern.contains(Self.placeholder) else { return nil }
    self.pattern = pattern
  }

  /// Links to the forge that a remote's address names; user names and passwords in it are left out.
  ///
  /// Reads `git@github.com:ada/engine.git`, `https://gitlab.com/ada/engine` and
  /// `ssh://git@codeberg.org/ada/engine`; `nil` where the address leads to no known forge.
  package init?(remote: String) {
    guard
      let parts = remote.wholeMatch(
        of:
          /(?:(?:https?|ssh|git):\/\/)?(?:[^@\/]+@)?([A-Za-z0-9.-]+)(?::\d+\/|[:\/])([^\s?#]+?)(?:\.git)?\/?/
      ), let path = Self.path(onHost: parts.output.1.lowercased())
    else { return nil }
    let project = parts.output.2.drop { $0 == "/" }
    guard project.contains("/") else { return nil }
    pattern = "https://\(parts.output.1.lowercased())/\(project)\(path)\(Self.placeholder)"
  }

  private static func path(onHost host: String) -> String? {
    switch host {
    case "github.com", "codeberg.org", "gitea.com": "/commit/"
    case "gitlab.com": "/-/commit/"
    case "bitbucket.org": "/commits/"
    default: host.hasPrefix("gitlab.") ? "/-/commit/" : nil
    }
  }

  /// The address of a commit; `nil` where there are no links.
  package func address(of commit: Commit) -> String? {
    pattern?.replacing(Self.placeholder, with: commit.hash)
  }

  /// The pattern for the page's script; empty where there are no links.
  var text: String { pattern ?? "" }
}

extension HTML {
  /// The first digits of a commit, which lead to it where that can be.
  mutating func commit(_ commit: Commit, _ links: CommitLinks) {
    element("code") { html in
      guard let address = links.address(of: commit) else { return html.text(commit.shortHash) }
      html.element(
        "a", ["href": address, "title": Printable.excerpt(commit.subject), "rel": "noreferrer"],
        commit.shortHash)
    }
  }
}
