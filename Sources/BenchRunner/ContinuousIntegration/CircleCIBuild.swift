/// Reads the environment variables of a CircleCI job. They name what is built, but nothing to
/// compare it with, so the default branch is the one that git knows.
struct CircleCIBuild {
  private let variables: ServiceVariables

  init(_ variables: ServiceVariables) { self.variables = variables }

  var description: ContinuousIntegration {
    let branch = variables["CIRCLE_BRANCH"]
    let tag = variables["CIRCLE_TAG"].map { "tag \($0)" }
    let request = variables["CIRCLE_PULL_REQUEST"]?.split(separator: "/").last
      .map { "pull request \($0)" }
    return ContinuousIntegration(
      service: .circleCI,
      event: request ?? tag ?? branch.map { "build of \($0)" } ?? "build",
      head: variables.hash("CIRCLE_SHA1"))
  }
}
