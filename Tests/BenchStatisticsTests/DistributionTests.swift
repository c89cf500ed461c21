import BenchStatistics
import Testing

@Suite struct DistributionTests {
  @Test("Student's distribution is SciPy's, tails to ten digits")
  func student() throws {
    for known in try Golden.read().students {
      let distribution = StudentT(degreesOfFreedom: known.free)
      #expect(agree(distribution.upperTail(-known.t), known.cdf), "\(known)")
      let tail = distribution.upperTail(known.t)
      #expect(abs(tail - known.upper) <= 1e-10 * known.upper, "\(known) \(tail)")
    }
  }

  @Test("Student's quantiles are SciPy's, far into the tails")
  func studentQuantile() throws {
    for known in try Golden.read().studentQuantiles {
      let distribution = StudentT(degreesOfFreedom: known.free)
      #expect(agree(distribution.upperQuantile(known.tail), known.t, digits: 9), "\(known)")
      #expect(
        agree(distribution.quantile(1 - known.tail), known.t, digits: known.tail < 1e-4 ? 5 : 9),
        "\(known)")
    }
  }

  @Test(
    "Student's quantile and tail undo each other for the odd degrees of freedom of Welch and Satterthwaite"
  )
  func studentRoundTrip() {
    for free in stride(from: 0.3, through: 60, by: 0.7) {
      for tail in [1e-7, 1e-4, 0.01, 0.3] {
        let distribution = StudentT(degreesOfFreedom: free)
        let found = distribution.upperTail(distribution.upperQuantile(tail))
        #expect(abs(found / tail - 1) < 1e-9, "\(free) \(tail)")
      }
    }
  }

  @Test("the incomplete beta function is SciPy's")
  func beta() throws {
    for known in try Golden.read().betas {
      let value = IncompleteBeta.value(known.x, a: known.a, b: known.b)
      #expect(agree(value, known.value), "\(known) \(value)")
    }
  }

  @Test("the inverse of the incomplete beta function is SciPy's")
  func inverseBeta() throws {
    for known in try Golden.read().inverseBetas {
      let x = IncompleteBeta.inverse(known.share, a: known.a, b: known.b)
      #expect(agree(x, known.x, digits: 9), "\(known) \(x)")
    }
  }

  @Test("the bounds of Clopper and Pearson are SciPy's")
  func clopperPearson() throws {
    for known in try Golden.read().clopperPearson {
      let high = ClopperPearson.upperBound(events: known.events, trials: known.trials)
      let low = ClopperPearson.lowerBound(events: known.events, trials: known.trials)
      #expect(agree(high, known.high), "\(known)")
      #expect(agree(low, known.low), "\(known)")
    }
  }

  @Test("normal quantiles are SciPy's")
  func normal() throws {
    for known in try Golden.read().normals {
      #expect(agree(Normal.quantile(known.share), known.x), "\(known)")
    }
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
  }
}
