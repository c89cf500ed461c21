import BenchModel
import BenchOutput
import Testing

@Suite("Links to commits")
struct CommitLinksTests {
  private let commit = PageExample.commit(1, "One")

  @Test(
    "a known forge is recognised in every form of its address, and secrets stay behind",
    arguments: [
      ("git@github.com:ada/engine.git", "https://github.com/ada/engine/commit/"),
      ("https://github.com/ada/engine", "https://github.com/ada/engine/commit/"),
      ("https://ada:secret@github.com/ada/engine.git", "https://github.com/ada/engine/commit/"),
      (
        "ssh://git@gitlab.com:22/group/sub/engine.git",
        "https://gitlab.com/group/sub/engine/-/commit/"
      ),
      ("https://gitlab.example.org/ada/engine/", "https://gitlab.example.org/ada/engine/-/commit/"),
      ("git://codeberg.org/ada/engine.git", "https://codeberg.org/ada/engine/commit/"),
      ("https://bitbucket.org/ada/engine", "https://bitbucket.org/ada/engine/commits/"),
    ])
  func forges(_ remote: String, _ start: String) {
    #expect(CommitLinks(remote: remote)?.address(of: commit) == start + commit.hash)
  }

  @Test(
    "what is no address of a known forge gives no links",
    arguments: [
      "/srv/git/engine.git", "../engine", "https://example.org/ada/engine", "", "github.com",
      "javascript:alert(1)", "git@github.com:engine", "https://github.com/ada/engine?x=\"><script>",
    ])
  func strangers(_ remote: String) {
    #expect(CommitLinks(remote: remote) == nil)
  }

  @Test("a pattern is an address that holds {commit}")
  func patterns() {
    #expect(
      CommitLinks(pattern: "https://git.example.org/engine/+/{commit}")?.address(of: commit)
        == "https://git.example.org/engine/+/" + commit.hash)
    #expect(CommitLinks(pattern: "https://git.example.org/engine") == nil)
    #expect(CommitLinks(pattern: "javascript:alert('{commit}')") == nil)
    #expect(CommitLinks().address(of: commit) == nil)
  }
}
