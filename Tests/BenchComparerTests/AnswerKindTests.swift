import BenchComparer
import BenchModel
import Foundation
import Testing

@Suite struct AnswerKindTests {
  private static let change = Change(estimate: 0, lower: 0, upper: 0, smallestDetectable: 0)

  private static let verdicts: [Verdict] = [
    .slower(change), .suspectedSlower(change, moreProcesses: 1), .layoutOrMachine(change),
    .codeOrLayout(change, isCounted: true),
    .inconclusive(change, moreProcesses: nil), .suspectedFaster(change, moreProcesses: 1),
    .faster(change), .noChange(change, largerThan: 0), .identicalCode(nil),
  ]

  private static let reasons: [Reason] = [
    .failed(side: .head, []), .new, .gone, .otherMachine([]), .versionChanged(base: 1, head: 2),
    .notMeasured, .summaryOnly, .oneProcess(side: .both), .otherUnit(base: "ns", head: "B"),
    .otherDuration(base: [], head: []), .noLongerGates, .tooShort(side: .base),
  ]

  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  @Test("people read another word for every answer, and programs another name")
  func distinct() {
    let all = AnswerKind.allCases
    #expect(Set(all.map(\.word)).count == all.count)
    #expect(all.allSatisfy { $0.rawValue.allSatisfy { $0.isLowercase || $0 == "_" } })
  }

  @Test("every verdict and every reason has a line of its own in the table")
  func complete() {
    let verdicts = Self.verdicts.map(\.kind)
    #expect(Set(verdicts + [.accepted]) == Set(AnswerKind.verdicts))
    #expect(AnswerKind.verdicts.allSatisfy { $0.isJudged })
    let reasons = Self.reasons.map(\.kind)
    #expect(Set(reasons).count == reasons.count)
    #expect(!reasons.contains { $0.isJudged })
    let others: Set<AnswerKind> = [.met, .missed, .notSlower, .skipped]
    #expect(
      Set(verdicts + reasons).union(others).union([.accepted]) == Set(AnswerKind.allCases))
  }

  @Test("verdicts are listed from the worst news to the best, no two of one severity")
  func severity() {
    let severities = AnswerKind.verdicts.map(\.severity)
    #expect(severities == severities.sorted(by: >))
    #expect(Set(severities).count == severities.count)
    #expect(Self.reasons.allSatisfy { $0.kind.severity == 0 })
  }

  @Test("only a slower series and a missed target are regressions, and both are worse and bad")
  func effects() {
    let failing = AnswerKind.allCases.filter { $0.effect == .fails }
    #expect(failing == [.slower, .missed])
    #expect(failing.allSatisfy { $0.movement == .worse && $0.tone == .bad })
    let open = AnswerKind.allCases.filter { $0.effect == .open }
    #expect(open == [.suspectedSlower, .codeOrLayout, .inconclusive, .suspectedFaster])
  }

  @Test("a failure of the base alone is the base's, and a shown series never gates")
  func rows() {
    func row(_ answer: ComparisonRow.Answer, gates: Bool = true) -> ComparisonRow {
      ComparisonRow(
        key: key("suite/one"), metric: .wall.gated(gates), source: nil, base: nil, head: nil,
        answer: answer)
    }
    #expect(row(.notJudged(.failed(side: .base, []))).effect == .unjudged)
    #expect(row(.notJudged(.failed(side: .both, []))).effect == .breaks)
    #expect(row(.judged(.slower(Self.change))).effect == .fails)
    #expect(row(.judged(.slower(Self.change)), gates: false).effect == .shown)
  }

  @Test("the page on the command line lists every answer by its word and its name")
  func documentation() throws {
    let page = try String(
      contentsOf: root.appending(path: "benchdb/Documentation.docc/CommandLine.md"),
      encoding: .utf8)
    let rows = page.matches(of: /(?m)^\| ([a-z ]+) \| `([a-z_]+)` \| [^|]+ \|$/)
      .map { [String($0.output.1), String($0.output.2)] }
    for kind in AnswerKind.allCases {
      #expect(rows.contains([kind.word, kind.rawValue]), "\(kind)")
    }
  }

  @Test("only the table, the verdict itself and its sentences switch over all verdicts")
  func switches() throws {
    let files = try #require(FileManager.default.enumerator(atPath: root.path))
    let switching = try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
      .filter { file in
        let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
        return text.contains("case .suspectedSlower") && text.contains("case .noChange")
      }
    #expect(
      Set(switching) == [
        "BenchComparer/AnswerKind.swift", "BenchComparer/Verdict.swift",
        "BenchOutput/Comparison/AnswerText.swift",
      ])
  }
}
