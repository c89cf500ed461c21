import BenchModel
import BenchOutput
import Foundation
import ReportAssets
package import ReportLanguage
package import StreamingPipeline
import TextCoding

/// A definition as text.
package struct ReportDefinition {
  package let text: ReportText

  /// - Parameter name: a path, or the name of a definition that comes with the tool.
  /// - Throws: `CommandFailure` where it is neither.
  package init(_ name: String) throws {
    if let known = ReportAssets.definitions.first(where: { $0.name == name }) {
      text = ReportText(bytes: known.text, name: name + ".report")
      return
    }
    guard let bytes = FileManager.default.contents(atPath: name) else {
      let names = ReportAssets.definitions.map(\.name)
      let meant = Suggestion.closest(to: name, in: names).map { " Did you mean \($0)?" } ?? ""
      throw CommandFailure(
        "'\(Printable.text(name))' is neither a file that can be read nor one of "
          + "\(names.joined(separator: ", ")).\(meant)")
    }
    text = ReportText(bytes: Array(bytes), name: name)
  }

  /// The report, with all that is wrong with it in one go.
  package func checked(against schemas: [String: Schema]) throws -> CheckedReport {
    do {
      return try ReportChecker(sources: schemas).check(try Report(parsing: text))
    } catch {
      throw CommandFailure(error.description(in: text))
    }
  }
}
