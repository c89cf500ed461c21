/// A service for which `benchdb init` writes a workflow.
package enum WorkflowService: String, CaseIterable {
  case github, gitlab

  func file(_ project: ProjectSurvey) -> InitialFile {
    let source = project.toolSource ?? "https://example.org/benchdb.git"
    let note = project.toolSource == nil ? "   # where you get benchdb from" : ""
    return switch self {
    case .github:
      InitialFile(
        path: ".github/workflows/benchmarks.yml",
        text: GitHubWorkflow.text(source: source + note))
    case .gitlab:
      InitialFile(
        path: ".gitlab/benchmarks.yml", text: GitLabWorkflow.text(source: source + note))
    }
  }
}

enum GitHubWorkflow {
  static func text(source: String) -> String {
    """
    # Compares the benchmarks of every pull request with where it left its target, and keeps the results of the default branch.
    # Written by `benchdb init --ci github`.
    name: benchmarks

    on:
      pull_request:
      push:
        branches: [main]

    permissions:
      contents: read

    env:
      TOOL_SOURCE: \(source)

    jobs:
      compare:
        runs-on: ubuntu-latest
        container: swift:6.2
        timeout-minutes: 90
        steps:
          - uses: actions/checkout@v4
            with:
              # The commit that was pushed, not GitHub's merge of it; and history enough to find where it left its target.
              ref: ${{ github.event.pull_request.head.sha || github.sha }}
              fetch-depth: 0
              persist-credentials: false
          - name: Install benchdb
            run: |
              git config --global --add safe.directory "$GITHUB_WORKSPACE"
              apt-get update -qq && apt-get install -y -qq make
              git clone --quiet --depth 1 "$TOOL_SOURCE" /tmp/benchdb
              make -C /tmp/benchdb install
          # A new key each time, since a cache is never written over; the latest one is restored.
          - uses: actions/cache@v4
            with:
              path: .benchdb/results.sqlite
              key: benchdb-${{ runner.os }}-${{ github.run_id }}-${{ github.run_attempt }}
              restore-keys: benchdb-${{ runner.os }}-
          - name: Record
            if: github.event_name == 'push'
            run: benchdb record
          # Base and head are found in the event. On a machine without results of both, both are measured side by side.
          - name: Compare
            if: github.event_name == 'pull_request'
            run: benchdb compare --format github --comment comment.md --time-limit 30min
          - uses: actions/upload-artifact@v4
            if: always() && github.event_name == 'pull_request'
            with:
              name: benchdb-comment
              path: comment.md
              if-no-files-found: ignore

      comment:
        # A fork's token may not write; its comparison is in the job's summary.
        if: >-
          always() && github.event_name == 'pull_request'
          && github.event.pull_request.head.repo.full_name == github.repository
        needs: compare
        runs-on: ubuntu-latest
        permissions:
          pull-requests: write
        env:
          GH_TOKEN: ${{ github.token }}
          COMMENTS: repos/${{ github.repository }}/issues
          NUMBER: ${{ github.event.pull_request.number }}
        steps:
          - uses: actions/download-artifact@v4
            continue-on-error: true
            with:
              name: benchdb-comment
          - name: Update the comment, or write the first
            run: |
              [ -f comment.md ] || exit 0
              id=$(gh api --paginate "$COMMENTS/$NUMBER/comments" \\
                --jq '.[] | select(.body | startswith("<!-- benchdb:comparison -->")) | .id' | head -n 1)
              if [ -n "$id" ]; then
                gh api --silent --method PATCH "$COMMENTS/comments/$id" -F body=@comment.md
              else
                gh api --silent "$COMMENTS/$NUMBER/comments" -F body=@comment.md
              fi

    """
  }
}

enum GitLabWorkflow {
  static func text(source: String) -> String {
    """
    # Compares the benchmarks of every merge request with where it left its target, and keeps the results of the default branch.
    # Written by `benchdb init --ci gitlab`. In .gitlab-ci.yml:  include: [{ local: .gitlab/benchmarks.yml }]
    benchmarks:
      image: swift:6.2
      timeout: 90 minutes
      variables:
        GIT_DEPTH: 0   # history enough to find where a branch left its target
        TOOL_SOURCE: \(source)
      rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      cache:
        key: benchdb
        paths: [.benchdb/results.sqlite]
      before_script:
        - apt-get update -qq && apt-get install -y -qq make
        - git clone --quiet --depth 1 "$TOOL_SOURCE" /tmp/benchdb
        - make -C /tmp/benchdb install
      script:
        # Base and head are found in the environment. On a machine without results of both, both are measured side by side.
        - |
          if [ -n "$CI_MERGE_REQUEST_IID" ]; then
            benchdb compare --format junit --comment comment.md --time-limit 30min > benchdb-junit.xml
          else
            benchdb record
          fi
      artifacts:
        when: always
        paths: [comment.md]
        reports:
          junit: benchdb-junit.xml

    """
  }
}
