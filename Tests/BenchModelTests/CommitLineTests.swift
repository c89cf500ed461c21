import BenchModel
import Foundation
import Testing

@Suite struct CommitLineTests {
  private func commit(_ name: String, parents: [String] = [], day: Int) -> Commit {
    let date = Date(timeIntervalSince1970: Double(day) * 86_400)
    return Commit(hash: name, parents: parents, authored: date, committed: date, subject: name)
  }

  @Test("along first parents, whatever the dates say, with unmeasured commits counted")
  func repository() throws {
    let line = try #require(
      CommitLine(
        name: "main", firstParents: ["f", "e", "d", "c", "b", "a"],
        tags: ["e": ["v2", "v1.9"]],
        measured: [commit("e", day: 1), commit("b", day: 9), commit("x", day: 5)]))
    #expect(line.commits.map(\.commit.hash) == ["b", "e"])
    #expect(line.commits.map(\.position) == [0, 3] && line.distance(from: 0, to: 1) == 3)
    #expect(line.commits[1].tags == ["v1.9", "v2"])
    #expect(line.elsewhere.map(\.hash) == ["x"] && line.order == .repository)
    #expect(CommitLine(name: "main", firstParents: ["a"], measured: [commit("x", day: 1)]) == nil)
  }

  @Test("without a repository along stored parents, branches named apart")
  func parents() {
    let line = CommitLine(measured: [
      commit("c", parents: ["b", "side"], day: 3), commit("a", day: 4),
      commit("b", parents: ["a"], day: 2), commit("side", parents: ["a"], day: 1),
    ])
    // Whichever date the first commit claims, the tip is nobody's parent.
    #expect(line.commits.map(\.commit.hash) == ["a", "b", "c"] && line.order == .parents)
    #expect(line.elsewhere.map(\.hash) == ["side"])
  }

  @Test("the line is that of the parents, whatever dates its commits have")
  func shuffledDates() {
    let days = [17, 16, 14, 15, 15, 15, 3, 19, 2, 1]
    let commits = days.enumerated().map { number, day in
      commit("\(number)", parents: number == 0 ? [] : ["\(number - 1)"], day: day)
    }
    for turn in 0..<days.count {
      let line = CommitLine(measured: Array(commits[turn...] + commits[..<turn]))
      #expect(line.commits.map(\.commit.hash) == (0..<10).map(String.init))
      #expect(line.order == .parents && line.elsewhere.isEmpty)
    }
  }

  @Test("a merged branch is no tip, and one commit without a date makes the order unknown")
  func mergedAndUndated() {
    let line = CommitLine(measured: [
      commit("M", parents: ["B", "F"], day: 3), commit("F", parents: ["f1"], day: 9),
      commit("f1", parents: ["B"], day: 2), commit("B", day: 1),
    ])
    #expect(line.commits.map(\.commit.hash) == ["B", "M"])
    let undated = Commit(hash: "u", parents: [], authored: nil, committed: nil, subject: "u")
    let mixed = CommitLine(measured: [commit("a", day: 1), commit("b", day: 2), undated])
    #expect(mixed.order == .unknown)
  }

  @Test("an order that neither parents nor dates tell is not claimed")
  func unknown() {
    let line = CommitLine(measured: [commit("b", day: 0), commit("a", day: 0)])
    #expect(line.order == .unknown && line.commits.count == 2)
    #expect(CommitLine(measured: [commit("a", day: 0)]).order == .dates)
  }

  @Test("by dates where parents lead nowhere, and circles end")
  func dates() {
    let line = CommitLine(measured: [commit("b", day: 2), commit("c", day: 3), commit("a", day: 1)])
    #expect(line.commits.map(\.commit.hash) == ["a", "b", "c"] && line.order == .dates)
    #expect(line.elsewhere.isEmpty)
    let circle = CommitLine(measured: [
      commit("a", parents: ["b"], day: 1), commit("b", parents: ["a"], day: 2),
    ])
    #expect(circle.commits.map(\.commit.hash) == ["a", "b"])
    #expect(CommitLine(measured: []).commits.isEmpty)
  }

  @Test("the end of a line keeps its positions")
  func suffix() {
    let line = CommitLine(measured: (0..<5).map { commit("\($0)", day: $0) }).suffix(from: 3)
    #expect(line.commits.map(\.position) == [3, 4])
  }
}
