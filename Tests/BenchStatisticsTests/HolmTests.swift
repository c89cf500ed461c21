import BenchStatistics
import Testing

@Suite struct HolmTests {
  @Test("steps down from the smallest p-value and stops at the first that is too large")
  func steps() {
    // Levels 0.0125, 0.0167, 0.025: the third is too large, and the fourth is not looked at.
    let decisions = Holm.stepDown([0.016, 0.026, 0.01, 0.03], alpha: 0.05)
    #expect(decisions.map(\.isRejected) == [true, false, true, false])
    #expect(decisions.map(\.level) == [0.05 / 3, 0.025, 0.0125, 0.025])
  }

  @Test("rejects what comparing every p-value with its adjusted value rejects")
  func adjusted() {
    let grid = [0.001, 0.01, 0.0125, 0.02, 0.05, 0.4]
    for a in grid {
      for b in grid {
        for c in grid {
          let pValues = [a, b, c]
          let rejected = Holm.stepDown(pValues, alpha: 0.05).map(\.isRejected)
          #expect(rejected == naiveRejections(pValues, alpha: 0.05), "\(pValues)")
        }
      }
    }
  }

  @Test("nothing to judge needs no decision")
  func empty() {
    #expect(Holm.stepDown([], alpha: 0.05).isEmpty)
  }

  @Test("Welch's degrees of freedom lie between the smallest part's and the sum's")
  func welch() {
    let equal = WelchSatterthwaite.degreesOfFreedom([(1, 9), (1, 9)])
    #expect(abs(equal - 18) < 1e-12)
    #expect(WelchSatterthwaite.degreesOfFreedom([(1, 4), (0, 20)]) == 4)
    #expect(WelchSatterthwaite.degreesOfFreedom([(0, 4), (0, 20)]) == 4)
    let tiny = WelchSatterthwaite.degreesOfFreedom([(1e-200, 9), (1e-200, 9)])
    #expect(abs(tiny - 18) < 1e-12)
  }
}

/// Holm's adjusted p-value is the largest of (m − rank) · p over all p-values up to this one.
private func naiveRejections(_ pValues: [Double], alpha: Double) -> [Bool] {
  let sorted = pValues.sorted()
  return pValues.map { pValue in
    let adjusted = sorted.enumerated().filter { $0.element <= pValue }
      .map { Double(pValues.count - $0.offset) * $0.element }
    return (adjusted.max() ?? 1) <= alpha
  }
}
