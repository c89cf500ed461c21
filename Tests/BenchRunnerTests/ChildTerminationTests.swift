import BenchRunner
import Foundation
import Testing

@Suite("Killing a child")
struct ChildTerminationTests {
  private static let start = ContinuousClock.now
  private static let reasons: [ChildExit.Stop] = [.timedOut, .interrupted, .stoppedByReader]

  /// Every sequence of up to four reasons, each at one of three moments after the one before; the
  /// grace period is two of their steps.
  private static let sequences: [[(reason: ChildExit.Stop, step: Int)]] = {
    var all: [[(ChildExit.Stop, Int)]] = [[]]
    var longest = all
    for _ in 0..<4 {
      longest = longest.flatMap { before in
        reasons.flatMap { reason in (0..<3).map { before + [(reason, $0)] } }
      }
      all += longest
    }
    return all
  }()

  @Test("SIGTERM comes first and once, SIGKILL once and after the grace period, then nothing")
  func everySequence() {
    for sequence in Self.sequences {
      var termination = ChildTermination(deadline: nil, gracePeriod: .seconds(2))
      var now = Self.start
      var terminated: ContinuousClock.Instant?
      var isKilled = false
      for (reason, step) in sequence {
        now += .seconds(step)
        let isDue = terminated.map { now >= $0 + .seconds(2) } ?? true
        switch termination.signal(because: reason, at: now) {
        case SIGTERM:
          #expect(terminated == nil, "\(sequence)")
          terminated = now
        case SIGKILL:
          #expect(terminated != nil && isDue && !isKilled, "\(sequence)")
          isKilled = true
        case nil: #expect(isKilled || !isDue, "\(sequence)")
        case let signal?: Issue.record("signal \(signal) in \(sequence)")
        }
        #expect(termination.isRunning == (terminated == nil))
        #expect(termination.reason == sequence.first?.reason)
        #expect(termination.deadline == (isKilled ? nil : terminated.map { $0 + .seconds(2) }))
      }
    }
  }

  @Test("until it is asked, the time limit of the child is what is waited for")
  func timeLimit() {
    let limit = Self.start + .seconds(60)
    var termination = ChildTermination(deadline: limit, gracePeriod: .seconds(1))
    #expect(termination.deadline == limit && termination.isRunning && termination.reason == nil)
    #expect(termination.signal(because: .timedOut, at: limit) == SIGTERM)
    #expect(termination.deadline == limit + .seconds(1))
  }
}
