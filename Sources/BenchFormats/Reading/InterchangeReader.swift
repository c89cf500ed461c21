package import BenchModel
internal import Foundation
internal import TextCoding

/// The values of keys that lines leave out.
package struct InterchangeDefaults: Sendable {
  /// The machine of lines without `machine`.
  package var machine: MachineClass
  /// The commit that replaces every line's own.
  package var commit: Commit?
  /// Finds the commit with a hash in a repository, for lines without `committed`.
  package var lookUp: @Sendable (String) -> Commit?

  package init(
    machine: MachineClass, commit: Commit? = nil,
    lookUp: @escaping @Sendable (String) -> Commit? = { _ in nil }
  ) {
    self.machine = machine
    self.commit = commit
    self.lookUp = lookUp
  }
}

/// Reads benchdb JSON Lines from a stream of bytes, holding one line at a time.
///
/// A line that is wrong is thrown as `FormatError.badLine`; the next call goes on with the line
/// after it, so that the caller decides whether one bad line refuses the file. A missing header, or
/// one of another version, is thrown again by every call.
package struct InterchangeReader {
  /// The name of the file in errors.
  package let file: String
  /// The contents of the header beside the lines.
  package private(set) var remainder = InterchangeRemainder()
  /// The series that are only shown, since nothing says which of their values are better.
  package var undirected: UndirectedSeries { records.undirected }
  private let lines: LineReader
  private var order = LineFields.Order()
  private var records: RecordReading
  private var hasHeader = false
  private var headerProblem: FormatError?

  /// Creates a reader. `source` reads some bytes into the buffer and returns their number; 0 at the
  /// end.
  package init(
    file: String, defaults: InterchangeDefaults,
    source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) {
    self.file = file
    lines = LineReader(limit: InterchangeLimits.line, source: DecodedSource(source).read)
    records = RecordReading(defaults: defaults)
  }

  /// The number of the line read last, counted from 1.
  package var line: Int { lines.number }

  /// Whether reading can continue after an error.
  package var isReadable: Bool { headerProblem == nil }

  /// The next line that is not a header, or `nil` after the last one.
  package mutating func next() throws(FormatError) -> InterchangeRecord? {
    if let headerProblem { throw headerProblem }
    while let line = try nextLine() {
      do {
        if let record = try read(line) { return record }
      } catch {
        let bad = FormatError.badLine(file: file, line: lines.number, problem: error)
        if !hasHeader { headerProblem = bad }
        throw bad
      }
    }
    if hasHeader { return nil }
    let problem = FormatError.badLine(file: file, line: 1, problem: .noHeader)
    headerProblem = problem
    throw problem
  }

  private func nextLine() throws(FormatError) -> LineReader.Line? {
    do { return try lines.next() } catch {
      throw .unreadable(file: file, detail: "reading failed: \(error.localizedDescription)")
    }
  }

  /// Reads a line; `nil` for a header and an empty line.
  private mutating func read(_ line: LineReader.Line) throws(LineProblem) -> InterchangeRecord? {
    guard case .bytes(var bytes) = line else { throw .tooLong(limit: InterchangeLimits.line) }
    if lines.number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(3))
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
    if !hasHeader, bytes.first != UInt8(ascii: "{") {
      throw CompressedFormat(bytes).map(LineProblem.compressed) ?? .noHeader
    }
    let fields = try fields(of: bytes)
    if fields[.benchdb] != nil {
      try readHeader(fields)
      return nil
    }
    guard hasHeader else { throw .noHeader }
    return try records.record(fields)
  }

  private mutating func fields(of line: UnsafeRawBufferPointer) throws(LineProblem) -> LineFields {
    do { return try LineFields(line, order: &order) } catch {
      // JSON that goes on after the line, and not one that is wrong in it.
      if case .notJSON(let byte, _) = error, byte > line.count { throw .unfinished }
      throw error
    }
  }

  /// Reads a header; concatenated files have several.
  private mutating func readHeader(_ fields: LineFields) throws(LineProblem) {
    guard let version = fields[.benchdb], version.kind == .number,
      fields.raw(.benchdb).elementsEqual("1".utf8)
    else { throw .otherVersion(String(decoding: fields.raw(.benchdb).prefix(40), as: UTF8.self)) }
    records.project = try fields.text(.project) ?? ""
    if fields[.others] != nil {
      remainder += try InterchangeCoding.decode(InterchangeRemainder.self, fields, .others)
    }
    hasHeader = true
  }
}
