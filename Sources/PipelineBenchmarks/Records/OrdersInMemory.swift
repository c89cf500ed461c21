package import PipelineWorkloads
package import StreamingPipeline

/// Orders made beforehand, in batches as a pipeline reads them from any source by default.
package struct OrdersInMemory: Sendable {
  package let orders: OrdersWorkload
  package let batches: [Batch]

  /// Makes orders; `groups` is the number of segments.
  package init(count: Int, seed: UInt64, groups: Int = 100) throws {
    orders = try OrdersWorkload(count: count, seed: seed, groups: groups)
    let cursor = try orders.open()
    let chunk = PipelineOptions().chunkSize
    var batches: [Batch] = []
    while let batch = try cursor.next(atMost: chunk) { batches.append(batch) }
    self.batches = batches
  }

  package func source() throws -> MemorySource {
    try MemorySource(schema: orders.schema, batches: batches)
  }
}
