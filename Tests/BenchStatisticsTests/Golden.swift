import Foundation
import Testing

/// Reference values by SciPy; `Golden/make_golden.py` made them and says how.
struct Golden: Decodable {
  let quantiles: [QuantileCase]
  let scales: [ScaleCase]
  let rankSums: [RankSumCase]
  let largeRankSums: [RankSumCase]
  let hodgesLehmann: [ShiftCase]
  let students: [StudentCase]
  let studentQuantiles: [StudentQuantileCase]
  let betas: [BetaCase]
  let inverseBetas: [InverseBetaCase]
  let clopperPearson: [RateCase]
  let normals: [NormalCase]
  let signedRanks: [SignedRankCase]
  let theilSlopes: [SlopeCase]
  let ramps: [RampCase]

  struct QuantileCase: Decodable {
    let values: [Double]
    let share, type7: Double
  }
  struct ScaleCase: Decodable {
    let values: [Double]
    let mad: Double
  }
  struct RankSumCase: Decodable {
    let x, y: [Double]
    let statistic, upper, lower: Double
  }
  struct ShiftCase: Decodable {
    let x, y: [Double]
    let location, shift: Double
  }
  struct StudentCase: Decodable { let free, t, cdf, upper: Double }
  struct StudentQuantileCase: Decodable { let free, tail, t: Double }
  struct BetaCase: Decodable { let a, b, x, value: Double }
  struct InverseBetaCase: Decodable { let a, b, share, x: Double }
  struct RateCase: Decodable {
    let events, trials: Int
    let low, high: Double
  }
  struct SignedRankCase: Decodable {
    let values: [Double]
    let statistic, upper, lower: Double
  }
  struct SlopeCase: Decodable {
    let values: [Double]
    let slope, intercept: Double
  }
  struct RampCase: Decodable {
    let values: [Double]
    let start, end: Int
    let change, residual: Double
  }
  struct NormalCase: Decodable { let share, x: Double }

  static func read() throws -> Golden {
    let url = try #require(Bundle.module.url(forResource: "golden", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Golden.self, from: Data(contentsOf: url))
  }
}

/// Whether two numbers agree to `digits` significant digits, or to that many decimals about zero.
func agree(_ left: Double, _ right: Double, digits: Double = 10) -> Bool {
  left == right || abs(left - right) <= pow(10, -digits) * max(abs(left), abs(right), 1e-3)
}
