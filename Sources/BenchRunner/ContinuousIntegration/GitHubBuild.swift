import Foundation

/// Reads the event of a GitHub Actions job, and its environment where the event can't be read.
///
/// On pull requests `GITHUB_SHA` is a merge that GitHub made for the check and nobody's commit, so
/// the event's head is judged.
struct GitHubBuild {
  private let variables: ServiceVariables
  private let event: GitHubEvent
  private let problem: String?

  init(_ variables: ServiceVariables, read: (String) -> Data?) {
    self.variables = variables
    (event, problem) = Self.event(variables["GITHUB_EVENT_PATH"], read: read)
  }

  /// The event, or an empty one and the reason.
  private static func event(
    _ path: String?, read: (String) -> Data?
  ) -> (GitHubEvent, problem: String?) {
    guard let path else { return (GitHubEvent(), "GITHUB_EVENT_PATH is not set") }
    guard let text = read(path) else {
      return (GitHubEvent(), "GITHUB_EVENT_PATH: \(path) can't be read")
    }
    do { return (try GitHubEvent(text), nil) } catch {
      return (GitHubEvent(), "GITHUB_EVENT_PATH: \(path) is not a JSON object")
    }
  }

  var description: ContinuousIntegration {
    let name = variables["GITHUB_EVENT_NAME"] ?? "unknown event"
    if event.has("pull_request") || variables["GITHUB_BASE_REF"] != nil { return pullRequest }
    if event.has("merge_group") { return mergeGroup }
    return name == "push" ? push : other(name)
  }

  private var pullRequest: ContinuousIntegration {
    let request = "pull_request"
    let name =
      event.number(request, "number").map { " \($0)" }
      ?? variables["GITHUB_HEAD_REF"].map { " from \($0)" } ?? ""
    let base = event.text(request, "base", "ref") ?? variables["GITHUB_BASE_REF"]
    let hash = event.text(request, "base", "sha").flatMap(ServiceVariables.hash)
    // The branch here may be ahead of the event, which does no harm because the fork point is the
    // same.
    let candidates = [hash, base.map { "origin/\($0)" }, hash == nil ? base : nil]
      .compactMap(\.self)
    // Without the event's head, what is checked out is judged: by its name alone, a fork's branch
    // could be taken for one of this repository.
    return build(
      "pull request\(name)", head: event.text(request, "head", "sha"),
      base: candidates.isEmpty ? defaultBranch : .mergeBase(candidates))
  }

  private var mergeGroup: ContinuousIntegration {
    build(
      "merge queue", head: event.text("merge_group", "head_sha"),
      base: event.text("merge_group", "base_sha").flatMap(ServiceVariables.hash)
        .map { .mergeBase([$0]) })
  }

  /// A push to the default branch is compared with its tip before the push; a push to another
  /// branch, with the point where it left the default branch.
  private var push: ContinuousIntegration {
    let branch = variables["GITHUB_REF_NAME"] ?? "a branch"
    let before = event.text("before").flatMap(ServiceVariables.hash)
    let isDefault = branch == event.text("repository", "default_branch")
    return build(
      "push to \(branch)", head: event.text("after") ?? variables["GITHUB_SHA"],
      base: isDefault ? before.map { .commit($0) } ?? defaultBranch : defaultBranch)
  }

  private func other(_ name: String) -> ContinuousIntegration {
    build(name, head: variables["GITHUB_SHA"], base: defaultBranch)
  }

  private var defaultBranch: ContinuousIntegration.Base? {
    event.text("repository", "default_branch").map { .branch($0) }
  }

  private func build(
    _ name: String, head: String?, base: ContinuousIntegration.Base?
  ) -> ContinuousIntegration {
    ContinuousIntegration(
      service: .github, event: name, head: head.flatMap(ServiceVariables.hash), base: base,
      problem: problem)
  }
}
