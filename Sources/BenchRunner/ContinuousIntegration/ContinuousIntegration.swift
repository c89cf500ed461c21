package import Foundation

/// The facts that a continuous integration service gives of the build it runs: the commit to judge,
/// and the base to compare it with.
///
/// One file reads each service. A fact that the service does not give is `nil`, and then found as
/// on any machine.
package struct ContinuousIntegration: Sendable, Hashable {
  package let service: Service
  /// The event that triggered the build, in words: `pull request 12`, `push to main`.
  package let event: String
  /// The hash of the commit to judge; `nil` for what is checked out.
  package let head: String?
  package let base: Base?
  /// The problem with reading the service's facts, without a full stop; the sides were then found
  /// without them.
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

  /// The base with which a change is compared.
  package enum Base: Sendable, Hashable {
    /// A commit by its hash: the tip of the branch before a push.
    case commit(String)
    /// The best common ancestor of HEAD and one of these hashes or names of branches, the first
    /// that exists here.
    case mergeBase([String])
    /// HEAD's parent on this branch; on other branches, the merge base with it.
    case branch(String)
  }

  package enum Service: String, Sendable, Hashable, CaseIterable {
    case github = "GitHub Actions"
    case gitlab = "GitLab CI"
    case buildkite = "Buildkite"
    case circleCI = "CircleCI"

    /// How a job gets the whole history; it ends a sentence about a shallow clone.
    package var wholeHistory: String {
      switch self {
      case .github: "set `fetch-depth: 0` for actions/checkout"
      case .gitlab: "set the variable `GIT_DEPTH: 0` in .gitlab-ci.yml"
      case .buildkite: "remove `--depth` from the agent's git-clone-flags and git-fetch-flags"
      case .circleCI: "use a full checkout (`checkout: { method: full }`)"
      }
    }
  }

  /// Reads the facts of the service that runs this process.
  ///
  /// - Parameters:
  ///   - environment: the variables of this process.
  ///   - read: reads a whole file, the event on GitHub.
  /// - Returns: `nil` where no known service runs it.
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

/// A service's variables, without empty ones.
struct ServiceVariables {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  subscript(name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func isOn(_ name: String) -> Bool { self[name] == "true" || self[name] == "1" }

  /// A variable that is a whole hash; `nil` for the zeros that stand for 'no commit'.
  func hash(_ name: String) -> String? { self[name].flatMap(Self.hash) }

  static func hash(_ text: String) -> String? {
    let isHash =
      (text.count == 40 || text.count == 64)
      && text.allSatisfy { $0.isASCII && $0.isHexDigit && !$0.isUppercase }
    return isHash && text.contains { $0 != "0" } ? text : nil
  }
}
