import BenchModel
import BenchOutput
import BenchStore
import Foundation
import TextCoding

extension AcceptanceBook {
  /// `benchdb accept --list`
  package func list() throws -> DataAnswer {
    let acceptances = try standing()
    let today = Day(Date())
    return DataAnswer(json: AcceptanceListJSON.text(acceptances, on: today)) { width, style in
      AcceptanceListText.text(acceptances, on: today, width: width, style: style)
    }
  }

  /// `benchdb accept --undo`: withdraws what was accepted of a series or a benchmark, or what has
  /// an id that begins so.
  /// - Throws: `CommandFailure` where nothing is accepted of it.
  package func withdraw(_ wanted: String) throws -> PlainAnswer {
    let name = SeriesName(wanted)
    let found = try standing().filter {
      name.names($0.series)
        || (wanted.count >= 8 && $0.idText.hasPrefix(wanted.lowercased()))
    }
    guard !found.isEmpty else {
      throw CommandFailure(
        "nothing is accepted of '\(Printable.text(wanted))'; `benchdb accept --list` shows what is."
      )
    }
    try workspace.openForWriting().withdraw(found, at: Date())
    let isExported = FileManager.default.fileExists(atPath: filePath)
    return PlainAnswer(
      found.map {
        Printable.text("withdrawn: \($0.series), accepted \(AcceptanceText.terms($0))")
      },
      notes: isExported
        ? ["`benchdb accept --export` takes it out of \(AcceptanceFile.name), which others read."]
        : [])
  }

  /// `benchdb accept --export`: writes everything that is accepted to `benchdb.accepted.toml`.
  /// - Throws: `CommandFailure` where the file can't be written.
  package func export() throws -> PlainAnswer {
    let acceptances = try standing()
    do {
      let text = Data(AcceptanceFile.text(acceptances).utf8)
      try text.write(to: URL(filePath: filePath), options: .atomic)
    } catch {
      throw CommandFailure("\(filePath) can't be written: \(error.localizedDescription)")
    }
    return PlainAnswer(
      "\(English.count(acceptances.count, "acceptance")) written to \(AcceptanceFile.name); "
        + "commit it with the change.")
  }
}
