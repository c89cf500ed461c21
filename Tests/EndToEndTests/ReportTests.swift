import Foundation
import Testing

/// `report`, over what a project has recorded.
@Suite struct ReportTests {
  @Test("every definition that comes with benchdb is written in every format")
  func shipped() throws {
    try withProject { project in
      try project.record()
      for name in ["runs", "slowest", "noisiest", "history", "performance", "results"] {
        for format in ["text", "csv", "json", "markdown", "html"] {
          let answer = try project.benchdb("report", name, "--format", format)
          #expect(answer.status == 0, "\(name) as \(format): \(answer)")
          #expect(!answer.output.isEmpty, "\(name) as \(format)")
        }
      }
      let runs = try project.benchdb("report", "runs", "--format", "csv")
      #expect(runs.output.contains("Measure two benchmarks"), "\(runs)")
    }
  }

  @Test("a definition of one's own is checked, takes parameters and goes to a file")
  func own() throws {
    try withProject { project in
      try project.record()
      try project.write(
        """
        report mine "Mine" {
          source measurements
          parameter unit: string = "ns"
          filter unit = $unit
          group 1 metric by metric
          band group header 1 { field metric heading "Metric" }
          band detail { field benchmark heading "Benchmark" field samples heading "Samples" }
        }
        """, to: "mine.report")
      #expect(try project.benchdb("report", "--check", "mine.report").status == 0)
      let answer = try project.benchdb(
        "report", "mine.report", "--param", "unit=ns", "--format", "csv", "--output", "mine.csv")
      #expect(answer.status == 0, "\(answer)")
      #expect(try project.text(of: "mine.csv").contains("grouped"))
      let wrong = try project.benchdb("report", "mine.report", "--param", "units=ns")
      #expect(wrong.status == 2 && wrong.reason.contains("takes unit"), "\(wrong)")
    }
  }

  @Test("what is wrong with a definition is shown where it stands")
  func wrong() throws {
    try withProject { project in
      try project.write(
        "report r { source runs band detail { field statuss } }\n", to: "wrong.report")
      let answer = try project.benchdb("report", "--check", "wrong.report")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.errors.contains("wrong.report:1:"), "\(answer)")
    }
  }

  @Test("a report that fails leaves the file as it was, and no other")
  func failing() throws {
    try withProject { project in
      try project.record()
      try project.write(
        """
        report failing { source measurements
          band detail { expression samples / (samples - samples) }
        }
        """, to: "failing.report")
      try project.write("before", to: "kept.txt")
      let files = try FileManager.default.contentsOfDirectory(atPath: project.root.path)
      let answer = try project.benchdb("report", "failing.report", "--output", "kept.txt")
      #expect(answer.status == 2 && answer.reason.contains("division by zero"), "\(answer)")
      #expect(try project.text(of: "kept.txt") == "before")
      #expect(
        Set(try FileManager.default.contentsOfDirectory(atPath: project.root.path)) == Set(files))
    }
  }

  @Test("every source is read in any order")
  func ordered() throws {
    try withProject { project in
      try project.record()
      for (source, field) in [
        ("runs", "started"), ("series", "latest"), ("measurements", "median"),
        ("samples", "value"),
      ] {
        for order in ["", "order by \(field)", "order by \(field) descending"] {
          try project.write(
            "report r { source \(source) \(order) band detail { field \(field) } }",
            to: "r.report")
          let answer = try project.benchdb("report", "r.report", "--format", "csv")
          #expect(answer.status == 0, "\(source) \(order): \(answer)")
          let values = answer.output.split(whereSeparator: \.isNewline).dropFirst()
            .compactMap { Double($0) }
          #expect(!values.isEmpty || source == "runs", "\(source): \(answer)")
          if !order.isEmpty {
            let sorted = values.sorted(by: order.hasSuffix("descending") ? (>) : (<))
            #expect(values == sorted, "\(source) \(order)")
          }
        }
      }
    }
  }
}
