import Foundation
package import PipelineWorkloads
package import StreamingPipeline
import Synchronization

/// Orders in a CSV file, which is removed with this value or when the process exits.
package final class OrdersFile: Sendable {
  package let path: String
  /// The size of the file.
  package let bytes: Int
  private let count: Int

  /// Writes the orders with the fields that the report reads.
  package init(_ orders: OrdersWorkload) throws {
    let name = "pipeline-benchmarks-\(UUID().uuidString).csv"
    path = FileManager.default.temporaryDirectory.appending(path: name).path
    count = orders.totalCount ?? 0
    let text = Data(try Self.text(of: orders).utf8)
    bytes = text.count
    RemovedAtExit.add(path)
    do { try text.write(to: URL(filePath: path)) } catch {
      throw SetupError.file(path: path, reason: error.localizedDescription)
    }
  }

  deinit { unlink(path) }

  /// The file as a source of records, in the order of their ids.
  package func source() throws -> some Source {
    try CSVSource(
      path: path, fields: OrdersWorkload.storedFields, key: "id", totalCount: count)
  }

  private static func text(of orders: OrdersWorkload) throws -> String {
    var text = OrdersWorkload.storedFields.map(\.name).joined(separator: ",") + "\n"
    try orders.forEachOrder { order in
      text += "\(order.id)"
      for key in order.keys {
        text += ","
        if case .string(let name) = key { text += name }
      }
      text += ","
      if let amount = order.amount {
        text += FixedDecimal(mantissa: Int128(amount), scale: 2).description
      }
      text += ",\(order.quantity)\n"
    }
    return text
  }
}

/// Files that are removed when the process exits, even if their owner is still referenced: a worker
/// exits while the task that measured may still hold it.
enum RemovedAtExit {
  private static let paths = Mutex<[String]>([])
  private static let registered: Void = {
    _ = atexit { RemovedAtExit.paths.withLock { for path in $0 { unlink(path) } } }
  }()

  static func add(_ path: String) {
    registered
    paths.withLock { $0.append(path) }
  }
}
