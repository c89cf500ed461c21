internal import CoreMetrics

/// Makes metrics whose names have the same prefix and that carry the pipeline's name.
struct MetricMaker {
  /// Every metrics backend accepts words joined by underscores.
  private static let prefix = "streaming_pipeline_"

  let pipeline: String
  let factory: any MetricsFactory

  func counter(_ name: String, _ dimension: (String, String)...) -> Counter {
    Counter(
      label: Self.prefix + name, dimensions: [("pipeline", pipeline)] + dimension,
      factory: factory)
  }

  func gauge(_ name: String) -> Gauge {
    Gauge(label: Self.prefix + name, dimensions: [("pipeline", pipeline)], factory: factory)
  }

  func timer(_ name: String) -> Timer {
    Timer(label: Self.prefix + name, dimensions: [("pipeline", pipeline)], factory: factory)
  }
}

extension Timer {
  /// Records a duration in nanoseconds, with the greatest `Int64`, 292 years, for longer ones.
  func record(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    recordNanoseconds(overflow ? .max : whole + attoseconds / 1_000_000_000)
  }
}
