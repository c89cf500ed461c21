import BenchModel
import BenchWorkflows
import Testing

@Suite("The range of a bisection")
struct BisectedRangeTests {
  private func range(_ after: [Commit], firstParents: Bool = false) -> BisectedRange {
    BisectedRange(
      "good..bad", good: MeasuredExample.commit(0), after: after, firstParents: firstParents)
  }

  @Test("in a straight line every commit's parent is the one before")
  func straight() {
    let range = range((1...3).map { MeasuredExample.commit($0) })
    #expect(range.parents == [[], [0], [1], [2]])
    #expect(range.good == MeasuredExample.commit(0))
    #expect(range.bad == MeasuredExample.commit(3))
    #expect(range.name == "good..bad")
  }

  @Test("a merge has both its parents, or the first alone")
  func merge() {
    let commits = [
      MeasuredExample.commit(1), MeasuredExample.commit(2, parents: [0]),
      MeasuredExample.commit(3, parents: [1, 2]),
    ]
    #expect(range(commits).parents == [[], [0], [0], [1, 2]])
    #expect(range(commits, firstParents: true).parents == [[], [0], [0], [1]])
  }

  @Test("parents outside of the range are left out, and GOOD has none")
  func outside() {
    let commits = [MeasuredExample.commit(1, parents: [0, 17]), MeasuredExample.commit(2)]
    #expect(range(commits).parents == [[], [0], [1]])
    let good = BisectedRange(
      "a..b", good: MeasuredExample.commit(5), after: [MeasuredExample.commit(6)],
      firstParents: false)
    #expect(good.parents == [[], [0]])
  }

  // MARK: In a repository

  private func withCommits(_ body: (MeasuredProject, [Commit]) throws -> Void) throws {
    try MeasuredProject.with { project in
      try body(project, try (0..<4).map { try project.commit("Change \($0)") })
    }
  }

  @Test("a range is read from the repository, GOOD first")
  func repository() throws {
    try withCommits { project, commits in
      let range = try BisectedRange(
        "main~3..main", firstParents: false, in: project.repository())
      #expect(range.commits == commits)
      #expect(range.parents == [[], [0], [1], [2]])
    }
  }

  private func refusal(_ name: String, _ project: MeasuredProject) throws -> String {
    let repository = try project.repository()
    let failure = #expect(throws: CommandFailure.self) {
      try BisectedRange(name, firstParents: false, in: repository)
    }
    return failure?.message ?? ""
  }

  @Test("what is no range, an empty one and a reversed one are refused with what to do")
  func refused() throws {
    try withCommits { project, commits in
      let (older, newer) = (commits[2].shortHash, commits[3].shortHash)
      let noRange = try refusal("main", project)
      #expect(noRange == "'main' is no range; write GOOD..BAD, such as v1.2..HEAD.")
      let empty = try refusal("main..main", project)
      #expect(empty == "GOOD and BAD are both \(newer); there is nothing between them.")
      let reversed = try refusal("main..main~1", project)
      #expect(
        reversed.contains(
          "BAD is an older commit than GOOD: `benchdb bisect \(older)..\(newer)`?"))
    }
  }

  @Test("commits on two branches are referred to where the branches parted")
  func twoBranches() throws {
    try withCommits { project, commits in
      try project.git("checkout", "--quiet", "-b", "side", "main~2")
      let side = try project.commit("Beside")
      let fork = commits[1].shortHash
      let parted = try refusal("main..side", project)
      #expect(
        parted.contains("Begin where they parted: `benchdb bisect \(fork)..\(side.shortHash)`."))
      try project.git("checkout", "--quiet", "--orphan", "lonely")
      try project.commit("Alone")
      let unrelated = try refusal("main..lonely", project)
      #expect(unrelated.contains("They have no common history."))
    }
  }
}
