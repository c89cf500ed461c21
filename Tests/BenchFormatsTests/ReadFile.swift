import BenchFormats
import BenchModel
import Foundation

/// A machine for lines that name none.
let thisMachine = MachineClass(
  architecture: "x86_64", cpuModel: "AMD EPYC", cores: 2, memoryBucketGiB: 16, system: "Linux 6")

let header = "{\"benchdb\":1,\"project\":\"acme\"}\n"

/// A line with what every line must have, and `more` members.
func line(_ more: String = "", commit: Int = 1, values: String = "[312004,309877]") -> String {
  let hash = String(repeating: "0", count: 39) + String(commit, radix: 16)
  return """
    {"commit":"\(hash)","benchmark":"throughput/grouped","metric":"wall","unit":"ns",\
    "values":\(values)\(more.isEmpty ? "" : "," + more)}\n
    """
}

/// What reading gave: the records, and the errors in between.
struct ReadFile {
  var records: [InterchangeRecord] = []
  var errors: [FormatError] = []
  var problems: [LineProblem] {
    errors.compactMap { error in
      guard case .badLine(_, _, let problem) = error else { return nil }
      return problem
    }
  }
  var badLines: [Int] {
    errors.compactMap { error in
      guard case .badLine(_, let line, _) = error else { return nil }
      return line
    }
  }
}

/// A reader of a text, handed over in pieces of so many bytes.
func reader(
  of text: some Sequence<UInt8>, piece: Int = 1 << 16,
  defaults: InterchangeDefaults = InterchangeDefaults(machine: thisMachine)
) -> InterchangeReader {
  var rest = Array(text)[...]
  return InterchangeReader(file: "results.jsonl", defaults: defaults) { buffer in
    let taken = rest.prefix(min(piece, buffer.count))
    buffer.copyBytes(from: taken)
    rest = rest.dropFirst(taken.count)
    return taken.count
  }
}

func reader(of text: String) -> InterchangeReader { reader(of: text.utf8) }

/// Reads a whole text, handed over in pieces of so many bytes.
func read(
  _ text: some Sequence<UInt8>, piece: Int = 1 << 16,
  defaults: InterchangeDefaults = InterchangeDefaults(machine: thisMachine)
) -> ReadFile {
  var reader = reader(of: text, piece: piece, defaults: defaults)
  var file = ReadFile()
  while true {
    do {
      guard let record = try reader.next() else { return file }
      file.records.append(record)
    } catch {
      file.errors.append(error)
      if !reader.isReadable { return file }
    }
  }
}

func read(_ text: String, piece: Int = 1 << 16) -> ReadFile { read(text.utf8, piece: piece) }
