import Foundation

/// GitHub Actions: the event's file says what happened.
///
/// On pull requests `GITHUB_SHA` is a merge that GitHub made for the check, and no commit of anybody's; the event's head is judged.
struct GitHubBuild {
  private let variables: ServiceVariables
  private let event: Event?

  init(_ variables: ServiceVariables, read: (String) -> Data?) {
    self.variables = variables
    event = variables["GITHUB_EVENT_PATH"].flatMap(read)
      .flatMap { try? JSONDecoder().decode(Event.self, from: $0) }
  }

  var description: ContinuousIntegration {
    let name = variables["GITHUB_EVENT_NAME"] ?? "unknown event"
    if let request = event?.pull_request { return pullRequest(request) }
    if let group = event?.merge_group {
      return ContinuousIntegration(
        service: .github, event: "merge queue", head: ServiceVariables.hash(group.head_sha),
        base: ServiceVariables.hash(group.base_sha).map { .mergeBase([$0]) })
    }
    return name == "push" ? push : other(name)
  }

  private func pullRequest(_ request: Event.PullRequest) -> ContinuousIntegration {
    let number = request.number.map { " \($0)" } ?? ""
    // The branch as it is here may be ahead of the event, which does no harm: the fork is the same.
    let candidates =
      [ServiceVariables.hash(request.base.sha), "origin/\(request.base.ref)"].compactMap(\.self)
    return ContinuousIntegration(
      service: .github, event: "pull request\(number)",
      head: ServiceVariables.hash(request.head.sha), base: .mergeBase(candidates))
  }

  /// A push to the default branch is judged against what was there before; to any other, against where it left the default branch.
  private var push: ContinuousIntegration {
    let branch = variables["GITHUB_REF_NAME"] ?? "a branch"
    let head = event?.after.flatMap(ServiceVariables.hash) ?? variables.hash("GITHUB_SHA")
    let before = event?.before.flatMap(ServiceVariables.hash)
    let isDefault = branch == event?.repository?.default_branch
    return ContinuousIntegration(
      service: .github, event: "push to \(branch)", head: head,
      base: isDefault ? before.map { .commit($0) } ?? defaultBranch : defaultBranch)
  }

  private func other(_ name: String) -> ContinuousIntegration {
    ContinuousIntegration(
      service: .github, event: name, head: variables.hash("GITHUB_SHA"), base: defaultBranch)
  }

  private var defaultBranch: ContinuousIntegration.Base? {
    event?.repository?.default_branch.map { .branch($0) }
  }

  /// As much of an event as matters here; the names are GitHub's.
  private struct Event: Decodable {
    let pull_request: PullRequest?
    let merge_group: MergeGroup?
    let before: String?
    let after: String?
    let repository: Repository?

    struct PullRequest: Decodable {
      let number: Int?
      let head, base: Side
    }

    struct Side: Decodable {
      let sha, ref: String
    }

    struct MergeGroup: Decodable {
      let head_sha, base_sha: String
    }

    struct Repository: Decodable {
      let default_branch: String?
    }
  }
}
