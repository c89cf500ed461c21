import BenchTestSupport
import Foundation
import PipelineWorkloads
import StreamingPipeline
import Synchronization
import Testing

/// Tests of numbers as files contain them. The fast path and the general one are chosen by length,
/// sign and point, so these are varied.
@Suite struct WrittenNumberTests {
  /// The only value of a file with one record and one field.
  private func read(_ text: String, as type: FieldType) throws -> Value? {
    try withTemporaryDirectory { directory in
      let file = directory.appending(path: "one.csv")
      try Data("number\n\(text)\n".utf8).write(to: file)
      let source = try CSVSource(path: file.path, fields: [Field("number", type)])
      var value: Value?
      try Pipeline.start(PipelineDefinition(source: source), in: PipelineRegistry())
        .forEachBatch { value = $0.columns[0][0] }
      return value
    }
  }

  @Test("whole numbers of every length, with zeros and signs, are read as Swift reads them")
  func wholeNumbers() throws {
    for length in 1...20 {
      for digit in ["9", "1", "0"] {
        for sign in ["", "-", "+"] {
          let text = sign + String(repeating: digit, count: length)
          guard let number = Int64(text) else {
            #expect(throws: FileSourceError.self) { try read(text, as: .int64) }
            continue
          }
          #expect(try read(text, as: .int64) == .int64(number), "\(text)")
        }
      }
    }
    for text in ["1/2", "12:", "1 2", "٣", "1.", "-", "0x1"] {
      #expect(throws: FileSourceError.self, "\(text)") { try read(text, as: .int64) }
    }
  }

  @Test(
    "decimals with as many digits after the point as are kept, fewer, and more", arguments: 0...3)
  func decimals(scale: Int) throws {
    for whole in ["0", "7", "00012", "123456789012", "99999999999999999"] {
      for fraction in ["", ".5", ".50", ".05", ".500", ".999", ".0000"] {
        for sign in ["", "-"] {
          let kept = fraction.dropFirst().prefix(scale)
          let lost = fraction.dropFirst(1 + scale).contains { $0 != "0" }
          let padding = String(repeating: "0", count: scale - kept.count)
          let text = sign + whole + fraction
          guard !lost, let mantissa = Int64(sign + whole + kept + padding) else {
            #expect(throws: FileSourceError.self, "\(text)") {
              try read(text, as: .decimal(scale: scale))
            }
            continue
          }
          let expected = FixedDecimal(mantissa: Int128(mantissa), scale: scale)
          #expect(try read(text, as: .decimal(scale: scale)) == .decimal(expected), "\(text)")
        }
      }
    }
  }

  @Test("texts of every length stay what they are, whatever stands around them")
  func texts() throws {
    try withTemporaryDirectory { directory in
      let texts = (0...40).map { String(repeating: "x", count: $0) + "\($0)" }
      let file = directory.appending(path: "texts.csv")
      let lines = texts.map { "\($0),\($0.count)," }.joined(separator: "\n")
      try Data("text,length,null\n\(lines)".utf8).write(to: file)
      let source = try CSVSource(
        path: file.path,
        fields: [Field("text", .string), Field("length", .int64), Field("null", .string)])
      var found: [Value] = []
      try Pipeline.start(PipelineDefinition(source: source), in: PipelineRegistry())
        .forEachBatch { batch in
          for row in batch.rows {
            found.append(row["text"] ?? .null)
            #expect(row["null"] == .null)
          }
        }
      #expect(found == texts.map { .string($0) })
    }
  }

  @Test("a typed map is not asked about rows that a filter dropped")
  func droppedRows() throws {
    let asked = Mutex<[Int64]>([])
    let definition = PipelineDefinition(
      source: try PlainWorkload(count: 10),
      transforms: [
        .filter(.compare("id", .greater, .int64(6))),
        .map(Field("twice", .int64), from: "id") { (id: Int64) in
          asked.withLock { $0.append(id) }
          return 2 * id
        },
      ])
    var found: [Value?] = []
    try Pipeline.start(definition, in: PipelineRegistry()).forEachBatch { batch in
      for row in batch.rows { found.append(row["twice"]) }
    }
    #expect(asked.withLock { $0 } == [7, 8, 9, 10])
    #expect(found == [14, 16, 18, 20].map { .int64($0) })
  }
}
