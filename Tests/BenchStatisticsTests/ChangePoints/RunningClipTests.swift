import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct RunningClipTests {
  /// The values that lie too far off the median of their sorted neighbours.
  private func naive(_ values: [Double], half: Int, noise: Double) -> Set<Int> {
    Set(
      values.indices.filter { index in
        let near = Array(values[max(0, index - half)...min(values.count - 1, index + half)])
        let median = Quantile.median(near)
        let scale = 1.482602218505602 * medianAbsoluteDeviation(near)
        return abs(values[index] - median) > 4 * max(scale, noise)
      })
  }

  @Test("the window's median and scatter are those of its sorted values")
  func windows() {
    let seed: UInt64 = 70
    var random = SeededRandom(seed: seed)
    for count in [1, 2, 3, 8, 15, 60] {
      for _ in 0..<20 {
        let values = (0..<count).map { _ in
          random.nextNormal() * (Int.random(in: 0..<9, using: &random) == 0 ? 12 : 1)
        }
        let clip = RunningClip(values, longestRun: .max, noise: 0.1)
        #expect(
          Set(clip.outliers.map(\.index)) == naive(values, half: 7, noise: 0.1),
          "\(values), seed \(seed)")
        let kept = values.indices.filter { !clip.outliers.map(\.index).contains($0) }
        #expect(kept.allSatisfy { clip.values[$0] == values[$0] })
      }
    }
  }

  @Test("one or two wild values are pulled in; three neighbours are a level, and steps are kept")
  func runs() {
    let quiet = (0..<30).map { Double($0 % 3) }
    func changed(_ range: Range<Int>) -> RunningClip {
      var values = quiet
      for index in range { values[index] = 50 }
      return RunningClip(values, noise: 1)
    }
    #expect(changed(10..<11).outliers.map(\.index) == [10])
    #expect(changed(10..<11).values[10] < 12)
    #expect(changed(10..<12).outliers.map(\.index) == [10, 11])
    for range in [10..<13, 10..<20, 27..<30, 15..<30] {
      #expect(changed(range).outliers.isEmpty, "\(range)")
    }
    #expect(changed(29..<30).outliers.map(\.index) == [29])
  }

  @Test("in a series that stands still any single other value is wild")
  func still() {
    var values = [Double](repeating: 5, count: 12)
    values[4] = 6
    let clip = RunningClip(values, noise: 0)
    #expect(clip.outliers == [RunningClip.Outlier(index: 4, expected: 5)])
    #expect(clip.values == [Double](repeating: 5, count: 12))
    #expect(RunningClip([], noise: 0).values.isEmpty)
  }
}
