import BenchFormats
import BenchModel
import BenchStore
import BenchTestSupport

/// Everything that is stored, as lines.
func exported(_ store: ResultsStore) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var writer = InterchangeWriter { bytes += $0 }
  try store.export(
    .all, begin: { remainder in try writer.begin(project: "acme", remainder: remainder) },
    record: { record in try writer.write(record) }
  ).get()
  try writer.end()
  return bytes
}

/// Stores lines, all of them or none.
func imported(
  _ text: [UInt8], into store: ResultsStore, isDryRun: Bool = false
) throws -> ImportCounts {
  try attempt(text, into: store, isDryRun: isDryRun).get()
}

/// A reader of lines that are in memory.
func reader(of text: [UInt8]) -> InterchangeReader {
  var rest = text[...]
  let defaults = InterchangeDefaults(machine: StoredExample.machine)
  return InterchangeReader(file: "results.jsonl", defaults: defaults) { buffer in
    let taken = rest.prefix(buffer.count)
    buffer.copyBytes(from: taken)
    rest = rest.dropFirst(taken.count)
    return taken.count
  }
}

/// Stores lines; the result has the first reason against them.
func attempt(
  _ text: [UInt8], into store: ResultsStore, isDryRun: Bool = false
) throws -> Result<ImportCounts, any Error> {
  var reader = reader(of: text)
  return try store.importing(isDryRun: isDryRun) { importer in
    Result {
      while let record = try reader.next() { try importer.add(record) }
      try importer.add(reader.remainder)
    }
  }
}
