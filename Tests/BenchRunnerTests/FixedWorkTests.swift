import BenchRunner
import BenchTestSupport
import Testing

@Suite("Work that is fixed") struct FixedWorkTests {
  /// A worker that starts up, and takes so many instructions for each iteration.
  private func total(
    _ samples: Int, startUp: Double, perIteration: Double, iterations: Int = 1, noise: Double = 0
  ) -> FixedWork.Total {
    FixedWork.Total(
      instructions: startUp + perIteration * Double(samples * iterations) + noise,
      samples: samples, iterations: samples * iterations)
  }

  @Test("what start-up takes is not counted, whatever a sample takes")
  func counts() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<200 {
      let startUp = Double(Int.random(in: 0...100_000_000, using: &random))
      let each = Double(Int.random(in: 1...1_000_000, using: &random))
      let iterations = Int.random(in: 1...1_000, using: &random)
      var work = FixedWork()
      let totals = [1, work.samples, work.samples].map {
        total($0, startUp: startUp, perIteration: each, iterations: iterations)
      }
      guard case .counted(let instructions, let count) = work.judge(totals) else {
        Issue.record("\(startUp) and \(each) were not counted")
        continue
      }
      #expect(abs(instructions - each) < 1e-6 * each)
      #expect(count == 2 * iterations)
    }
  }

  @Test("start-up that varies is outweighed by more samples, or else it is no count")
  func noise() {
    func judgements(noise: Double) -> [FixedWork.Judgement] {
      var work = FixedWork()
      var made: [FixedWork.Judgement] = []
      repeat {
        made.append(
          work.judge([
            total(1, startUp: 1e6, perIteration: 1e6),
            total(work.samples, startUp: 1e6, perIteration: 1e6),
            total(work.samples, startUp: 1e6, perIteration: 1e6, noise: noise),
          ]))
      } while made.last == .again
      return made
    }
    #expect(judgements(noise: 1_999) == [.counted(instructions: 1e6, iterations: 2)])
    #expect(judgements(noise: 2_001) == [.again, .counted(instructions: 1e6, iterations: 16)])
    #expect(
      judgements(noise: -17_000) == [
        .again, .impossible("its work is not fixed: its count does not repeat within 0.1 %"),
      ])
  }

  @Test("a worker that takes as many samples as it likes is not counted")
  func ignoresPlan() {
    var work = FixedWork()
    let five = total(5, startUp: 0, perIteration: 10)
    #expect(
      work.judge([five, five, five])
        == .impossible("its work is not fixed: asked for 1 and for 3 samples, it took 5 and 5"))
  }

  @Test("a worker that stops when the time is over gets time, and then it is over")
  func stopsInTime() {
    var work = FixedWork()
    let one = total(1, startUp: 0, perIteration: 10)
    let brief = work.seconds
    #expect(work.judge([one, one, one]) == .again)
    #expect(work.seconds > brief)
    guard case .impossible = work.judge([one, one, one]) else {
      Issue.record("it was asked a third time")
      return
    }
  }

  @Test("a count that does not grow with the samples is none")
  func doesNotGrow() {
    var work = FixedWork()
    func same(_ samples: Int) -> FixedWork.Total {
      FixedWork.Total(instructions: 1_000, samples: samples, iterations: 7)
    }
    var judgement = FixedWork.Judgement.again
    while judgement == .again {
      judgement = work.judge([same(1), same(work.samples), same(work.samples)])
    }
    #expect(
      judgement == .impossible("its work is not fixed: its count does not grow with its samples"))
  }

  @Test("iterations that are fitted to the time do not repeat")
  func fitted() {
    var work = FixedWork()
    let many = total(work.samples, startUp: 0, perIteration: 10, iterations: 50)
    let other = FixedWork.Total(
      instructions: many.instructions, samples: many.samples, iterations: many.iterations + 1)
    #expect(work.judge([total(1, startUp: 0, perIteration: 10), many, other]) == .again)
  }
}
