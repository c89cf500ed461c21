import Foundation
import Testing

/// `compare` without arguments, where a service for continuous integration runs it.
@Suite struct ContinuousIntegrationTests {
  @Test("a pull request on GitHub is judged by its head against its merge base")
  func pullRequest() throws {
    try withProject { project in
      let request = try PullRequest(in: project)
      try project.record("--commit", request.base)
      try project.record("--commit", request.head)
      let answer = try project.benchdb("compare", environment: request.environment)
      #expect(answer.status == 1, "\(answer)")
      let heading = answer.output.replacing("\n", with: " ")
      #expect(heading.contains("\(request.head.prefix(9)) (pull request 12"), "\(answer)")
      #expect(heading.contains("\(request.base.prefix(9)) (merge base with"), "\(answer)")
      #expect(answer.output.contains(/throughput\/grouped · cpu .* slower by/))
    }
  }

  @Test("a job that measured GitHub's merge is judged by it, against what it merges into")
  func measuredMerge() throws {
    try withProject { project in
      let request = try PullRequest(in: project)
      try project.record("--commit", request.target)
      try project.record()
      let answer = try project.benchdb("compare", environment: request.environment)
      #expect(answer.status == 1, "\(answer)")
      let heading = answer.output.replacing("\n", with: " ")
      #expect(heading.contains("(merge of pull request 12"), "\(answer)")
      #expect(heading.contains("\(request.target.prefix(9)) (what it is merged into"), "\(answer)")
    }
  }

  @Test("a clone without the merge base says how to get it, for each service")
  func shallow() throws {
    try withProject { project in
      let request = try PullRequest(in: project)
      let clone = project.root.deletingLastPathComponent().appending(path: "clone")
      try project.git(
        "clone", "--quiet", "--depth", "1", "--branch", "topic", "file://\(project.root.path)",
        clone.path)
      let hashes = (head: request.head, base: request.target)
      let services: [(environment: [String: String], advice: String)] = [
        (request.environment, "`fetch-depth: 0`"),
        (
          [
            "GITLAB_CI": "true", "CI_MERGE_REQUEST_IID": "3", "CI_COMMIT_SHA": hashes.head,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": hashes.base,
          ], "`GIT_DEPTH: 0`"
        ),
        (
          [
            "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "3", "BUILDKITE_COMMIT": hashes.head,
            "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
          ], "git-fetch-flags"
        ),
      ]
      try project.record(in: clone)
      for (environment, advice) in services {
        let answer = try project.benchdb("compare", in: clone, environment: environment)
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.reason.contains("shallow"), "\(answer)")
        #expect(answer.reason.contains(advice), "\(answer)")
        #expect(answer.reason.contains("git fetch --unshallow"), "\(answer)")
      }
      // The advice is good.
      try project.git(
        "-C", clone.path, "fetch", "--quiet", "--unshallow", "origin",
        "+refs/heads/*:refs/remotes/origin/*")
      let (environment, _) = services[1]
      let fetched = try project.benchdb("compare", in: clone, environment: environment)
      #expect(fetched.reason.contains("was ever measured"), "\(fetched)")
    }
  }

  @Test("a machine without history measures both sides by itself, and says so")
  func ephemeral() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      let environment = ["CI": "true", "BENCHDB_PROFILE": "smoke"]
      let answer = try project.benchdb("compare", environment: environment)
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.errors.contains("has no results of both sides; measuring both sides"))
      #expect(
        answer.output.replacing("\n", with: " ").contains(
          "This class of machines has no results of both sides, so both sides were measured"))
      #expect(answer.output.contains("paired, "), "\(answer)")

      let never = try project.benchdb(
        "compare", "--confirm", "never", "--db", "none.sqlite", environment: environment)
      #expect(never.status == 4, "\(never)")
      #expect(!never.errors.contains("measuring"))
      let bare = try project.benchdb("compare", "--db", "none.sqlite")
      #expect(bare.status == 4, "\(bare)")
    }
  }

  @Test("--format github writes annotations, the step's summary and the comment")
  func github() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      try project.write("Before.\n", to: ".benchdb/summary.md")
      let answer = try project.benchdb(
        "compare", "HEAD~1", "--format", "github", "--comment", ".benchdb/comment.md",
        environment: [
          "GITHUB_STEP_SUMMARY": project.root.appending(path: ".benchdb/summary.md").path
        ])
      #expect(answer.status == 1, "\(answer)")
      let lines = answer.output.split(separator: "\n")
      #expect(
        lines.last?.hasPrefix(
          "::error file=worker.sh,line=2,title=throughput/grouped · cpu::slower by")
          == true, "\(answer)")
      #expect(lines.first?.hasPrefix("::stop-commands::benchdb-") == true)
      let summary = try project.text(of: ".benchdb/summary.md")
      #expect(summary.hasPrefix("Before.\n### benchdb: 1 of 2 series is slower"))
      let comment = try project.text(of: ".benchdb/comment.md")
      #expect(
        comment.hasPrefix("<!-- benchdb:comparison -->\n### benchdb: 1 of 2 series is slower"))

      for (format, opening) in [
        ("markdown", "### benchdb"), ("junit", "<?xml"), ("csv", "series,suite,metric,"),
      ] {
        let other = try project.benchdb("compare", "HEAD~1", "--format", format)
        #expect(other.status == 1 && other.output.hasPrefix(opening), "\(other)")
      }
    }
  }
}

/// A pull request: `main` goes on after `topic` leaves it, and what is checked out is the service's
/// own merge.
private struct PullRequest {
  let base, target, head: String
  let environment: [String: String]

  init(in project: Project) throws {
    base = try project.hash("HEAD")
    try project.git("switch", "--quiet", "--create", "topic")
    try project.setCost(of: "grouped", to: 37_500_000)
    try project.commit("Group with care")
    head = try project.hash("HEAD")
    try project.git("switch", "--quiet", "main")
    try project.write("Read me.\n", to: "README.md")
    try project.commit("Document")
    target = try project.hash("HEAD")
    try project.git("switch", "--quiet", "--detach", "main")
    try project.git("merge", "--quiet", "--no-ff", "--message", "Merge 12", "topic")
    let event = project.root.deletingLastPathComponent().appending(path: "event.json")
    try Data(
      """
      {"number":12,"pull_request":{"number":12,"head":{"ref":"topic","sha":"\(head)"},
       "base":{"ref":"main","sha":"\(target)"}},"repository":{"default_branch":"main"}}
      """.utf8
    ).write(to: event)
    environment = [
      "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
      "GITHUB_EVENT_PATH": event.path, "GITHUB_SHA": try project.hash("HEAD"),
    ]
  }
}

@Suite struct UnreadableEventTests {
  @Test("a pull request to another branch is judged against that, though its event can't be read")
  func base() throws {
    try withProject { project in
      try project.git("branch", "release")
      try project.commit("Go on with main")
      try project.git("switch", "--quiet", "--create", "topic", "release")
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      let event = project.root.deletingLastPathComponent().appending(path: "broken.json")
      try Data("{".utf8).write(to: event)
      let answer = try project.benchdb(
        "compare", "--confirm", "never", "--fail-on", "suspected",
        environment: [
          "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
          "GITHUB_EVENT_PATH": event.path, "GITHUB_SHA": try project.hash("HEAD"),
          "GITHUB_BASE_REF": "release", "GITHUB_HEAD_REF": "topic",
        ])
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("(merge base with release, 3 processes)"), "\(answer)")
      #expect(
        answer.errors.contains(
          "GITHUB_EVENT_PATH: \(event.path) is not a JSON object; what to compare is found by the "
            + "other variables of GitHub Actions."), "\(answer)")
    }
  }
}

extension Project {
  /// Records what another clone has checked out.
  fileprivate func record(in clone: URL) throws {
    let answer = try benchdb(["record"] + Self.small, in: clone)
    #expect(answer.status == 0, "\(answer)")
  }
}
