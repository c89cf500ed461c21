import Foundation
import PipelineWorkloads

/// Reports that mean something over the fields of `orders`.
enum ExampleReports {
  /// The report of eleven bands with the names of the fields of `orders`.
  static let complex = SalesReport.text.replacing("order_date", with: "date")
    .replacing("customer", with: "customer.name").replacing("territory", with: "customer.name")
    .replacing("segment", with: "region")

  static let small = """
    report all { source orders band detail { field amount } }
    """

  /// Little, of which many mutants mean something.
  static let middle = """
    report sums "Sums" {
      source orders
      format money when value < 0 use "(#,##0.00)" otherwise "#,##0.00"
      group 1 region by region
      variable total: sum(amount) reset on group 1
      band group header 1 { field region aggregate sum(amount) format money }
      band detail visible when quantity is not null {
        field id
        expression quantity * 3 + 1
        expression @total / 2.0 format money
        expression substring(status, 1, 3) || year(date)
        expression if discount > 0e0 then quantity / discount else null
      }
      band group footer 1 { aggregate sum(quantity) chart line first(discount) by date }
      band summary { aggregate median(discount) chart pie count() by status }
    }
    """

  /// These, and those that the tool ships.
  static func all() throws -> [String] {
    let definitions = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../reports/definitions").standardizedFileURL
    let shipped =
      (try? FileManager.default.contentsOfDirectory(
        at: definitions, includingPropertiesForKeys: nil)) ?? []
    let texts = try shipped.filter { $0.pathExtension == "report" }
      .sorted { $0.path < $1.path }.map { try String(contentsOf: $0, encoding: .utf8) }
    return [complex, middle, small] + texts
  }
}
