/// Reads the predefined variables of a GitLab CI job.
///
/// In a pipeline for merged results `CI_COMMIT_SHA` is a merge that GitLab made, so the source
/// branch's commit is judged.
struct GitLabBuild {
  private let variables: ServiceVariables

  init(_ variables: ServiceVariables) { self.variables = variables }

  var description: ContinuousIntegration {
    if let request = variables["CI_MERGE_REQUEST_IID"] { return mergeRequest(request) }
    let head = variables.hash("CI_COMMIT_SHA")
    guard let branch = variables["CI_COMMIT_BRANCH"] else {
      let event = variables["CI_COMMIT_TAG"].map { "tag \($0)" } ?? "pipeline"
      return ContinuousIntegration(service: .gitlab, event: event, head: head, base: standing)
    }
    let before = variables.hash("CI_COMMIT_BEFORE_SHA")
    let isDefault = branch == variables["CI_DEFAULT_BRANCH"]
    return ContinuousIntegration(
      service: .gitlab, event: "push to \(branch)", head: head,
      base: isDefault ? before.map { .commit($0) } ?? standing : standing)
  }

  private func mergeRequest(_ number: String) -> ContinuousIntegration {
    let candidates = [
      variables.hash("CI_MERGE_REQUEST_DIFF_BASE_SHA"),
      variables.hash("CI_MERGE_REQUEST_TARGET_BRANCH_SHA"),
      variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"].map { "origin/\($0)" },
    ].compactMap(\.self)
    return ContinuousIntegration(
      service: .gitlab, event: "merge request \(number)",
      head: variables.hash("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")
        ?? variables.hash("CI_COMMIT_SHA"),
      base: candidates.isEmpty ? standing : .mergeBase(candidates))
  }

  private var standing: ContinuousIntegration.Base? {
    variables["CI_DEFAULT_BRANCH"].map { .branch($0) }
  }
}
