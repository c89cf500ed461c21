import BenchFormats
import BenchModel
import Foundation

/// The machine of lines without one.
let thisMachine = MachineClass(
  architecture: "x86_64", cpuModel: "AMD EPYC", cores: 2, memoryBucketGiB: 16, system: "Linux 6")

let header = "{\"benchdb\":1,\"project\":\"acme\"}\n"

/// A line with the required members and `more`.
func line(_ more: String = "", commit: Int = 1, values: String = "[312004,309877]") -> String {
  let hash = String(repeating: "0", count: 39) + String(commit, radix: 16)
  return """
    {"commit":"\(hash)","benchmark":"throughput/grouped","metric":"wall","unit":"ns",\
    "values":\(values)\(more.isEmpty ? "" : "," + more)}\n
    """
}

/// The records of a text, and the errors between them.
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

/// A reader that gets a text in pieces of so many bytes.
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

/// Reads a whole text in pieces of so many bytes.
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
