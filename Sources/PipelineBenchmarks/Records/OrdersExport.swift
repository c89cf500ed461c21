import Foundation
import PipelineWorkloads
import StreamingPipeline

/// The command `pipeline-benchmarks --write-orders FILE [COUNT]`: writes the orders that the suites
/// read as CSV, so that other engines can be measured on the same records.
struct OrdersExport {
  private let path: String
  private let count: Int

  /// - Returns: nil where the arguments are not this command.
  init?(_ arguments: some Collection<String>) {
    let words = Array(arguments)
    guard words.count > 1, words[0] == "--write-orders" else { return nil }
    path = words[1]
    count = words.count > 2 ? Int(words[2]) ?? 0 : 1_000_000
  }

  /// - Returns: the exit status.
  func run() -> Int32 {
    do {
      let orders = try OrdersWorkload(count: count)
      guard FileManager.default.createFile(atPath: path, contents: nil),
        let file = FileHandle(forWritingAtPath: path)
      else { throw SetupError.file(path: path, reason: "it can't be made") }
      try file.write(contentsOf: Data(header(orders.schema).utf8))
      let cursor = try orders.open()
      while let batch = try cursor.next(atMost: 10_000) {
        try file.write(contentsOf: Data(lines(batch, orders.schema).utf8))
      }
      try file.close()
      return 0
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      return 1
    }
  }

  private func header(_ schema: Schema) -> String {
    schema.fields.map(\.name).joined(separator: ",") + "\n"
  }

  /// The lines of a batch. No value of an order needs quotes, and null is written as nothing.
  private func lines(_ batch: Batch, _ schema: Schema) -> String {
    var text = ""
    for row in batch.rows {
      for index in schema.fields.indices {
        if index > 0 { text += "," }
        let value = row[index]
        if !value.isNull { text += value.description }
      }
      text += "\n"
    }
    return text
  }
}
