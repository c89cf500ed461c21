internal import CoreMetrics

/// Makes metrics whose names begin alike and that carry the pipeline's name.
struct MetricMaker {
  /// Words joined by underscores are what every backend takes.
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
  /// Records a time to the nanosecond; what no `Int64` of them holds, 292 years, as the most.
  func record(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    recordNanoseconds(overflow ? .max : whole + attoseconds / 1_000_000_000)
  }
}
