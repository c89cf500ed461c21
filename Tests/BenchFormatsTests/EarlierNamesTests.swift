import BenchFormats
import BenchModel
import Foundation
import Testing

/// Lines that version 0.1.0 exported.
@Suite struct EarlierNamesTests {
  private let run = UUID()
  private let session = UUID()

  /// A line of an export with the names of that version, or the present ones.
  private func exported(isEarlier: Bool) -> String {
    let (facts, arm, outcome, sessions) =
      isEarlier
      ? ("sitting", "null", "garbage", "sittings")
      : ("sessionFacts", "control", "protocol-violation", "sessions")
    let commit = String(repeating: "0", count: 39) + "1"
    let text = line(
      """
      "session":"\(session)","process":"\(UUID())","order":3,"started":"2026-01-01T00:00:00Z",\
      "run":{"finished":null,"status":"completed","run":{"id":"\(run)","plannedProcesses":6,\
      "profile":{"countingProcesses":2,"instructionProcesses":0,"maximumRecords":10,\
      "maximumSamples":5,"name":"quick","processes":3,"seconds":0.1,"\(sessions)":2},\
      "purpose":"confirm","recorder":{"bootIdentifier":"","hostName":"","processIdentifier":1,\
      "startTicks":1},"revision":{"commit":{"author":"","authored":"2026-01-01T00:00:00Z",\
      "committed":"2026-01-01T00:00:00Z","hash":"\(commit)","parents":[],\
      "subject":"a \\"sittings\\": b","tree":""}},"seed":1,"selection":{"suites":[]},\
      "started":"2026-01-01T00:00:00Z","toolVersion":"0.1.0"}},\
      "\(facts)":{"id":"\(session)","run":"\(run)","started":"2026-01-01T00:00:00Z","state":{},\
      "machine":{"architecture":"x86_64","containerLimits":"none","cores":2,"cpuModel":"T",\
      "memoryBucketGiB":8,"runnerImage":"","system":"Linux 6","virtualisation":"none"}},\
      "worker":{"pass":"timing","seconds":1,"outcome":"\(outcome)","reason":"odd","round":2,\
      "arm":"\(arm)"}
      """)
    return header + text
  }

  @Test("they read as lines with the present names do")
  func readsAlike() throws {
    for isEarlier in [false, true] {
      let file = read(exported(isEarlier: isEarlier))
      #expect(file.errors.isEmpty, "\(file.errors)")
      let record = try #require(file.records.first)
      #expect(record.origin.sessionFacts?.id == session)
      #expect(record.origin.runFacts?.run.profile.sessions == 2)
      let subject = record.origin.runFacts?.run.revision.commit.subject
      #expect(subject == "a \"sittings\": b")
      #expect(record.process.facts.position == RoundPosition(round: 2, arm: .control))
      #expect(record.process.facts.outcome == .protocolViolation(description: "odd"))
    }
  }
}
