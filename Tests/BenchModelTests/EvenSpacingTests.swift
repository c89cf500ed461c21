import BenchModel
import Testing

@Suite struct EvenSpacingTests {
  @Test("of any number any are spaced evenly: both ends, none twice, steps that differ by one")
  func everySize() {
    for size in 1...30 {
      let all = Array(0..<size)
      #expect(all.evenlySpaced(1) == [0])
      for count in 2...40 {
        let taken = all.evenlySpaced(count)
        #expect(taken.count == min(count, size))
        #expect(taken.first == 0 && taken.last == size - 1)
        let steps = zip(taken, taken.dropFirst()).map { $1 - $0 }
        #expect((steps.max() ?? 0) - (steps.min() ?? 0) <= 1, "\(count) of \(size): \(taken)")
      }
    }
  }

  @Test("of nothing, and none of something, is nothing")
  func none() {
    #expect([Int]().evenlySpaced(3).isEmpty)
    #expect([1, 2].evenlySpaced(0).isEmpty)
  }
}
