/// Reads the environment variables of a Buildkite job.
struct BuildkiteBuild {
  private let variables: ServiceVariables

  init(_ variables: ServiceVariables) { self.variables = variables }

  var description: ContinuousIntegration {
    // The value is 'HEAD' until the agent has checked out, and then means what is checked out.
    let head = variables.hash("BUILDKITE_COMMIT")
    if let request = variables["BUILDKITE_PULL_REQUEST"], request != "false" {
      let branch = variables["BUILDKITE_PULL_REQUEST_BASE_BRANCH"]
      return ContinuousIntegration(
        service: .buildkite, event: "pull request \(request)", head: head,
        base: branch.map { .mergeBase(["origin/\($0)", $0]) } ?? standing)
    }
    let branch = variables["BUILDKITE_BRANCH"] ?? "a branch"
    return ContinuousIntegration(
      service: .buildkite, event: "build of \(branch)", head: head, base: standing)
  }

  private var standing: ContinuousIntegration.Base? {
    variables["BUILDKITE_PIPELINE_DEFAULT_BRANCH"].map { .branch($0) }
  }
}
