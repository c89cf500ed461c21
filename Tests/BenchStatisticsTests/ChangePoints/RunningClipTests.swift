import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct RunningClipTests {
  /// The values that lie too far off the median of their sorted neighbours, and whose run of such
  /// values on one side has neither its nearest values before it nor those after it with it.
  private func naive(_ values: [Double], half: Int, noise: Double) -> Set<Int> {
    func sides(_ index: Int) -> (median: Double, limit: Double)? {
      let near = Array(values[max(0, index - half)...min(values.count - 1, index + half)])
      let median = Quantile.median(near)
      let limit = 4 * max(1.482602218505602 * medianAbsoluteDeviation(near), noise)
      return abs(values[index] - median) > limit ? (median, limit) : nil
    }
    func isWith(_ index: Int, _ other: Int) -> Bool {
      guard values.indices.contains(other), let one = sides(index), let two = sides(other) else {
        return false
      }
      return (values[index] > one.median) == (values[other] > two.median)
    }
    return Set(
      values.indices.filter { index in
        guard sides(index) != nil else { return false }
        var (first, last) = (index, index)
        while isWith(first, first - 1) { first -= 1 }
        while isWith(last, last + 1) { last += 1 }
        let before = values[max(0, first - 3)..<first]
        let after = values[(last + 1)..<min(values.count, last + 4)]
        return [before, after].allSatisfy { side in
          side.isEmpty
            || (first...last).allSatisfy { member in
              guard let own = sides(member) else { return false }
              let distance = values[member] - Quantile.median(Array(side))
              return (values[member] > own.median ? distance : -distance) > own.limit / 2
            }
        }
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

  @Test("the first or the last values of a level are no outliers, however few there are so far")
  func young() {
    let seed: UInt64 = 71
    var random = SeededRandom(seed: seed)
    for before in 3..<14 {
      for after in 3..<14 {
        let values = (0..<before + after).map { ($0 < before ? 0 : 50) + random.nextNormal() / 3 }
        let clip = RunningClip(values, noise: 0.5)
        #expect(clip.outliers.isEmpty, "\(before) and \(after), seed \(seed)")
      }
    }
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
