import BenchRunner
import Foundation
import Testing

/// The environments and event files that the services document, shortened to what matters.
@Suite("What a service for continuous integration says")
struct ContinuousIntegrationVariablesTests {
  private static let head = String(repeating: "a1", count: 20)
  private static let base = String(repeating: "b2", count: 20)
  private static let merge = String(repeating: "c3", count: 20)
  private static let zeros = String(repeating: "0", count: 40)

  private func detect(
    _ environment: [String: String], event: String? = nil
  ) -> ContinuousIntegration? {
    ContinuousIntegration.detect(environment) { path in
      path == "/event.json" ? event.map { Data($0.utf8) } : nil
    }
  }

  private func github(_ name: String, _ more: [String: String] = [:]) -> [String: String] {
    [
      "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": name,
      "GITHUB_EVENT_PATH": "/event.json", "GITHUB_SHA": Self.merge,
    ].merging(more) { $1 }
  }

  @Test("a pull request on GitHub is judged by its own head, not by GitHub's merge of it")
  func githubPullRequest() {
    let event = """
      {"action":"synchronize","number":12,"pull_request":{"number":12,
       "head":{"ref":"faster","sha":"\(Self.head)","label":"ada:faster"},
       "base":{"ref":"main","sha":"\(Self.base)"}},
       "repository":{"default_branch":"main"}}
      """
    for name in ["pull_request", "pull_request_target"] {
      #expect(
        detect(github(name), event: event)
          == ContinuousIntegration(
            service: .github, event: "pull request 12", head: Self.head,
            base: .mergeBase([Self.base, "origin/main"])))
    }
  }

  @Test("a push to GitHub's default branch is judged against what was there before")
  func githubPush() {
    func event(before: String) -> String {
      """
      {"before":"\(before)","after":"\(Self.head)","repository":{"default_branch":"main"}}
      """
    }
    func base(_ branch: String, before: String) -> ContinuousIntegration.Base? {
      detect(github("push", ["GITHUB_REF_NAME": branch]), event: event(before: before))?.base
    }
    #expect(base("main", before: Self.base) == .commit(Self.base))
    // A new branch has no tip before the push.
    #expect(base("main", before: Self.zeros) == .branch("main"))
    #expect(base("topic", before: Self.base) == .branch("main"))
    let build = detect(
      github("push", ["GITHUB_REF_NAME": "main"]), event: event(before: Self.base))
    #expect(build?.head == Self.head)
    #expect(build?.event == "push to main")
  }

  @Test("a merge queue, a schedule and an event that can't be read are told apart")
  func githubOther() {
    let group = """
      {"merge_group":{"head_sha":"\(Self.head)","base_sha":"\(Self.base)"}}
      """
    #expect(
      detect(github("merge_group"), event: group)
        == ContinuousIntegration(
          service: .github, event: "merge queue", head: Self.head, base: .mergeBase([Self.base])))
    #expect(
      detect(github("schedule"), event: #"{"repository":{"default_branch":"trunk"}}"#)
        == ContinuousIntegration(
          service: .github, event: "schedule", head: Self.merge, base: .branch("trunk")))
  }

  @Test("a pull request whose event can't be read is found by its branches, and that is said")
  func githubUnreadableEvent() {
    let branches = ["GITHUB_BASE_REF": "release", "GITHUB_HEAD_REF": "faster"]
    for (broken, problem) in [
      (nil, "can't be read"), ("", "is not a JSON object"), ("{", "is not a JSON object"),
      ("[]", "is not a JSON object"),
    ] {
      let build = detect(github("pull_request", branches), event: broken)
      #expect(build?.event == "pull request from faster")
      // What is checked out is judged: by its name alone, a fork's branch could be taken for one of
      // this repository.
      #expect(build?.head == nil)
      #expect(build?.base == .mergeBase(["origin/release", "release"]))
      #expect(build?.problem == "GITHUB_EVENT_PATH: /event.json \(problem)")
    }
    let unset = detect(github("push", ["GITHUB_EVENT_PATH": ""]))
    #expect(unset?.head == Self.merge && unset?.problem == "GITHUB_EVENT_PATH is not set")
  }

  @Test("a fact that an event lacks, or has in another form, costs none of the others")
  func githubPartOfAnEvent() {
    func build(_ event: String) -> ContinuousIntegration? {
      detect(github("pull_request", ["GITHUB_BASE_REF": "release"]), event: event)
    }
    let withoutRef = """
      {"pull_request":{"number":"12","head":{"sha":"\(Self.head)"},"base":{"sha":"\(Self.base)"}}}
      """
    #expect(
      build(withoutRef)
        == ContinuousIntegration(
          service: .github, event: "pull request", head: Self.head,
          base: .mergeBase([Self.base, "origin/release"])))
    #expect(
      build(#"{"pull_request":{"number":12,"head":null,"base":{"ref":"main"}}}"#)
        == ContinuousIntegration(
          service: .github, event: "pull request 12", base: .mergeBase(["origin/main", "main"])))
  }

  @Test("a merge request on GitLab has its base in the environment")
  func gitlabMergeRequest() {
    var environment = [
      "CI": "true", "GITLAB_CI": "true", "CI_COMMIT_SHA": Self.head,
      "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": Self.base,
      "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "",
      "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "", "CI_COMMIT_BEFORE_SHA": Self.zeros,
      "CI_DEFAULT_BRANCH": "main",
    ]
    let expected = ContinuousIntegration(
      service: .gitlab, event: "merge request 7", head: Self.head,
      base: .mergeBase([Self.base, "origin/main"]))
    #expect(detect(environment) == expected)
    // In a pipeline for merged results the commit is GitLab's own merge.
    environment["CI_COMMIT_SHA"] = Self.merge
    environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = Self.head
    #expect(detect(environment) == expected)
  }

  @Test("a push to GitLab: the default branch against what was there, others against it")
  func gitlabPush() {
    func base(_ branch: String, before: String) -> ContinuousIntegration.Base? {
      detect([
        "GITLAB_CI": "true", "CI_COMMIT_SHA": Self.head, "CI_COMMIT_BRANCH": branch,
        "CI_COMMIT_BEFORE_SHA": before, "CI_DEFAULT_BRANCH": "main",
      ])?.base
    }
    #expect(base("main", before: Self.base) == .commit(Self.base))
    #expect(base("main", before: Self.zeros) == .branch("main"))
    #expect(base("topic", before: Self.base) == .branch("main"))
  }

  @Test("Buildkite names the branch that a pull request is for")
  func buildkite() {
    let environment = [
      "BUILDKITE": "true", "BUILDKITE_COMMIT": Self.head, "BUILDKITE_BRANCH": "faster",
      "BUILDKITE_PULL_REQUEST": "31", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "develop",
      "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
    ]
    #expect(
      detect(environment)
        == ContinuousIntegration(
          service: .buildkite, event: "pull request 31", head: Self.head,
          base: .mergeBase(["origin/develop", "develop"])))
    #expect(
      detect(
        environment.merging(["BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_COMMIT": "HEAD"]) { $1 })
        == ContinuousIntegration(
          service: .buildkite, event: "build of faster", head: nil, base: .branch("main")))
  }

  @Test("CircleCI names only what is built")
  func circleCI() {
    let environment = [
      "CIRCLECI": "true", "CIRCLE_SHA1": Self.head, "CIRCLE_BRANCH": "faster",
      "CIRCLE_PULL_REQUEST": "https://github.com/acme/parser/pull/9",
    ]
    #expect(
      detect(environment)
        == ContinuousIntegration(service: .circleCI, event: "pull request 9", head: Self.head))
    #expect(
      detect(environment.merging(["CIRCLE_PULL_REQUEST": ""]) { $1 })?.event
        == "build of faster")
  }

  @Test("a bare machine says nothing, whatever else is set")
  func bare() {
    #expect(detect([:]) == nil)
    #expect(detect(["CI": "true", "GITHUB_SHA": Self.head, "GITHUB_ACTIONS": "false"]) == nil)
  }
}
