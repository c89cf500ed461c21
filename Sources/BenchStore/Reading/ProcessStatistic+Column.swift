internal import BenchModel

extension ProcessStatistic {
  /// The column of `measurement` that holds the statistic of a series with this direction.
  static func column(_ direction: Direction) -> String {
    switch Quartile(direction) {
    case .lower: "lower_quartile"
    case .upper: "upper_quartile"
    }
  }

  /// The statistic of a measurement whose row is joined with that of its series:
  ///
  /// ```sql
  /// CASE series.direction WHEN 'lower' THEN measurement.lower_quartile
  ///   WHEN 'higher' THEN measurement.upper_quartile END
  /// ```
  static let column: String = {
    let cases = Direction.allCases.map {
      "WHEN '\($0.rawValue)' THEN measurement.\(column($0))"
    }
    return "CASE series.direction \(cases.joined(separator: " ")) END"
  }()
}
