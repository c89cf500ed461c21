package import Foundation

/// What a service for continuous integration says of the build it runs: which commit is to be
/// judged, and against what.
///
/// Each service says it its own way; one file a service reads it. What a service leaves open is
/// `nil`, and then found as on any machine.
package struct ContinuousIntegration: Sendable, Hashable {
  package let service: Service
  /// What set the build off, in words: `pull request 12`, `push to main`.
  package let event: String
  /// Hash of the commit to judge; `nil`: what is checked out.
  package let head: String?
  package let base: Base?
  /// What could not be read of what the service says, without a full stop; the sides were then
  /// found by the rest.
  package let problem: String?

  package init(
    service: Service, event: String, head: String? = nil, base: Base? = nil, problem: String? = nil
  ) {
    self.problem = problem
    self.service = service
    self.event = event
    self.head = head
    self.base = base
  }

  /// What a change is compared with.
  package enum Base: Sendable, Hashable {
    /// This commit itself, by its hash: what a branch was before a push.
    case commit(String)
    /// The best common ancestor of HEAD and one of these, the first that is here: hashes, or names
    /// of branches.
    case mergeBase([String])
    /// On this branch, HEAD's parent; from others, the merge base with it.
    case branch(String)
  }

  package enum Service: String, Sendable, Hashable, CaseIterable {
    case github = "GitHub Actions"
    case gitlab = "GitLab CI"
    case buildkite = "Buildkite"
    case circleCI = "CircleCI"

    /// How a job gets the whole history, to end a sentence about a shallow clone.
    package var wholeHistory: String {
      switch self {
      case .github: "set `fetch-depth: 0` for actions/checkout"
      case .gitlab: "set the variable `GIT_DEPTH: 0` in .gitlab-ci.yml"
      case .buildkite: "remove `--depth` from the agent's git-clone-flags and git-fetch-flags"
      case .circleCI: "use a full checkout (`checkout: { method: full }`)"
      }
    }
  }

  /// What a service says of the build.
  /// - Parameters:
  ///   - environment: the variables of this process.
  ///   - read: reads a whole file, the event on GitHub.
  /// - Returns: `nil` where no service that is known runs this.
  package static func detect(
    _ environment: [String: String],
    read: (String) -> Data? = { FileManager.default.contents(atPath: $0) }
  ) -> ContinuousIntegration? {
    let variables = ServiceVariables(environment)
    if variables.isOn("GITHUB_ACTIONS") { return GitHubBuild(variables, read: read).description }
    if variables.isOn("GITLAB_CI") { return GitLabBuild(variables).description }
    if variables.isOn("BUILDKITE") { return BuildkiteBuild(variables).description }
    if variables.isOn("CIRCLECI") { return CircleCIBuild(variables).description }
    return nil
  }
}

/// A service's variables; an empty one is none.
struct ServiceVariables {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  subscript(name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func isOn(_ name: String) -> Bool { self[name] == "true" || self[name] == "1" }

  /// A whole hash; the zeros that stand for 'no commit' are none.
  func hash(_ name: String) -> String? { self[name].flatMap(Self.hash) }

  static func hash(_ text: String) -> String? {
    let isHash =
      (text.count == 40 || text.count == 64)
      && text.allSatisfy { $0.isASCII && $0.isHexDigit && !$0.isUppercase }
    return isHash && text.contains { $0 != "0" } ? text : nil
  }
}
