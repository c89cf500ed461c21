import BenchStore
import ReportAssets
import ReportLanguage

/// The definitions that come with the tool, and what definitions can read.
package enum ReportListing {
  package static func answer() throws -> PlainAnswer {
    var lines = ["Definitions:"]
    for definition in ReportAssets.definitions {
      let report = try ReportDefinition(definition.name).checked(
        against: try ReportSource.schemas()
      ).report
      lines.append("  \(padded(definition.name))\(report.description ?? "")")
      for parameter in report.parameters {
        let value = parameter.defaultValue.map { " = \($0.text)" } ?? ""
        lines.append("  \(padded(""))--param \(parameter.name.text)=… (\(parameter.type)\(value))")
      }
    }
    for records in ReportRecords.all {
      lines += ["", "Source \(records.name), \(records.meaning):"]
      lines += records.fields.map { "  \(padded($0.name))\($0.meaning)" }
    }
    return PlainAnswer(lines.joined(separator: "\n"))
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 16 - name.count))
  }
}
