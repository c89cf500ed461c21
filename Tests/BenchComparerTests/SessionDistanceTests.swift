import BenchComparer
import BenchModel
import Testing

/// How far apart the sessions lie that teach a comparison the noise between sessions.
@Suite struct SessionDistanceTests {
  /// Sessions of identical code that agree to a hundredth of a per cent, one every `hours`.
  private func taught(every hours: Double) -> [IdenticalCodeGroup] {
    let sessions = (0..<12).map { number in
      session(quiet(100 + 0.01 * Double(number % 3)), binary: "a", hour: Double(number) * hours)
    }
    return [IdenticalCodeGroup(series: key(), sessions: sessions)]
  }

  private func compared(afterHours hours: Double, taught: [IdenticalCodeGroup]) -> Comparison {
    compare(
      [series([session(quiet(100), binary: "a")])],
      [series([session(quiet(103.5), binary: "b", hour: hours)])], identicalCode: taught)
  }

  @Test("sessions of one afternoon teach nothing about sides two weeks apart")
  func minutes() {
    let comparison = compared(afterHours: 14 * 24, taught: taught(every: 1.0 / 60))
    #expect(comparison.counts[.slower] == 0, "\(comparison.rows)")
    #expect(comparison.warnings == [.noNoiseKnown])
  }

  @Test("an afternoon teaches the noise of an hour, and a fortnight that of a fortnight")
  func alike() {
    let soon = compared(afterHours: 0.1, taught: taught(every: 1.0 / 30))
    #expect(soon.warnings == [.noiseKnown(sessions: 12)])
    let later = compared(afterHours: 14 * 24, taught: taught(every: 24))
    #expect(later.warnings == [.noiseKnown(sessions: 12)])
    #expect(soon.counts[.suspectedSlower] == 1 && later.counts[.suspectedSlower] == 1)
  }
}
