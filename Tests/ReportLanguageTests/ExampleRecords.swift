import StreamingPipeline

/// Records for the reports of these tests: those of `orders`, and those of the sources of benchdb.
enum ExampleRecords {
  /// The fields of every source, by its name.
  static let schemas: [String: Schema] = [
    "orders": orders,
    "runs": schema(
      """
      id:int64 run:string commit:string subject:string committed:timestamp is_dirty:bool \
      purpose:string status:string tool_version:string planned:int64 processes:int64 \
      failures:int64 started:timestamp finished:timestamp
      """),
    "series": schema(
      """
      id:int64 suite:string benchmark:string version:int64 metric:string unit:string \
      direction:string is_gate:bool machine_class:int64 machine:string measurements:int64 first_measured:timestamp \
      last_measured:timestamp latest:double spread:double
      """),
    "measurements": schema(
      """
      id:int64 run:string session:string process:string commit:string subject:string \
      started:timestamp machine:string benchmark:string metric:string unit:string direction:string \
      samples:int64 iterations:int64 minimum:double lower_quartile:double median:double \
      upper_quartile:double maximum:double mean:double deviation:double
      """),
    "results": schema(
      """
      id:int64 run:string commit:string suite:string benchmark:string records:int64 \
      processes:int64 wall:double cpu:double allocations:double allocated_bytes:double \
      peak_live_heap:double peak_resident:double others:string
      """),
  ]

  /// Whether values are ordinary ones, or those at the ends of their types' ranges.
  enum Temper: CaseIterable { case tame, wild }

  /// Records of a source in which equal texts are adjacent, with some nulls.
  static func source(_ schema: Schema, _ temper: Temper, count: Int = 100) -> MemorySource {
    let rows = (0..<count).map { row in
      schema.fields.indices.map { position in
        (row * 7 + position * 3) % 23 == 0
          ? Value.null : value(schema.fields[position].type, row, position, temper)
      }
    }
    return try! MemorySource(schema: schema, rows: rows)
  }

  private static func schema(_ text: String) -> Schema {
    try! Schema(
      text.split(separator: " ").map { field in
        let parts = field.split(separator: ":").map(String.init)
        return Field(parts[0], types[parts[1]]!)
      })
  }

  private static let types: [String: FieldType] = [
    "int64": .int64, "double": .double, "string": .string, "bool": .bool, "timestamp": .timestamp,
  ]

  private static func value(
    _ type: FieldType, _ row: Int, _ position: Int, _ temper: Temper
  ) -> Value {
    switch (type, temper) {
    case (.int64, .tame): .int64(Int64(row * 3 % 41))
    case (.int64, .wild): .int64([0, 1, -1, .max, .min, .max - 1][(row + position) % 6])
    case (.double, .tame): .double(Double(row * 13 % 97) / 8)
    case (.double, .wild):
      .double(
        [0, -0.0, .infinity, -.infinity, .nan, 1e308, -1e308, .leastNonzeroMagnitude, 1e-7][
          (row + position) % 9])
    case (.decimal(let scale), .tame):
      .decimal(FixedDecimal(mantissa: Int128(row * 1_013 % 90_001), scale: scale))
    case (.decimal(let scale), .wild):
      .decimal(
        FixedDecimal(
          mantissa: [0, Int128(Int64.max), Int128(Int64.min), 1, -1][(row + position) % 5],
          scale: scale))
    case (.bool, _): .bool((row + position) % 3 == 0)
    // Twenty equal texts are adjacent, so that they can serve as keys of groups.
    case (.string, .tame): .string(["ns", "cpu", "名前", "a<b>&c", "ü, \"x\""][row / 20 % 5])
    case (.string, .wild):
      .string(
        ["", "\u{0}\u{1B}[31m\r\n", "👩‍👩‍👧‍👦e\u{301}", String(repeating: "|`*", count: 50)][
          row / 20 % 4])
    case (.date, .tame): .date(Int32(20_000 + row))
    case (.date, .wild): .date([0, -1, .max, .min, -719_528][(row + position) % 5])
    case (.timestamp, .tame): .timestamp(1_795_000_000_000_000 + Int64(row) * 7_200_000_000)
    case (.timestamp, .wild):
      .timestamp(
        [0, -1, .max, .min, 253_402_300_800_000_000][
          (row + position) % 5])
    }
  }
}
