/// Turns UTF-16, which PowerShell writes, into UTF-8 before lines are looked for. All other bytes
/// stay as they are.
///
/// It is a class because reading moves it on; it belongs to the one reader that made it.
final class DecodedSource {
  private enum Encoding {
    case unknown
    case bytes
    case utf16(isBigEndian: Bool)
  }

  private let source: LineReader.Source
  private var encoding = Encoding.unknown
  /// The bytes that were read and not handed out yet.
  private var waiting: ArraySlice<UInt8> = []
  private var decoder = UTF16Decoder()
  private var isAtEnd = false

  init(_ source: @escaping LineReader.Source) { self.source = source }

  /// Reads some bytes into the buffer and returns their number; 0 at the end.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if case .unknown = encoding { try recognise() }
    if case .bytes = encoding, waiting.isEmpty { return try source(buffer) }
    while case .utf16(let isBigEndian) = encoding, waiting.isEmpty, !isAtEnd {
      let bytes = try piece(of: 1 << 16)
      waiting = decoder.decode(bytes, isBigEndian: isBigEndian, isLast: isAtEnd)[...]
    }
    let given = waiting.prefix(buffer.count)
    buffer.copyBytes(from: given)
    waiting = waiting.dropFirst(given.count)
    return given.count
  }

  /// A byte order mark names the encoding. Without one the `{` of the header does, whose other byte
  /// is zero in UTF-16.
  private func recognise() throws {
    var start: [UInt8] = []
    while start.count < 2, !isAtEnd { start += try piece(of: 2 - start.count) }
    switch start {
    case [0xFF, 0xFE]: encoding = .utf16(isBigEndian: false)
    case [0xFE, 0xFF]: encoding = .utf16(isBigEndian: true)
    case [UInt8(ascii: "{"), 0], [0, UInt8(ascii: "{")]:
      encoding = .utf16(isBigEndian: start[0] == 0)
      waiting = [UInt8(ascii: "{")]
    default:
      encoding = .bytes
      waiting = start[...]
    }
  }

  private func piece(of count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try source(UnsafeMutableRawBufferPointer(buffer))
      isAtEnd = filled == 0
    }
  }
}

/// Decodes UTF-16 that comes in pieces.
private struct UTF16Decoder {
  /// The first byte of a unit whose second is in the next piece.
  private var half: UInt8?
  /// The first half of a surrogate pair.
  private var high: UInt16?

  /// A byte that no UTF-8 has, so that the line is refused where the file is not UTF-16 either.
  private static let invalid: UInt8 = 0xFF

  mutating func decode(_ bytes: [UInt8], isBigEndian: Bool, isLast: Bool) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let (upper, lower) = isBigEndian ? (first, byte) : (byte, first)
      append(UInt16(upper) << 8 | UInt16(lower), to: &decoded)
    }
    if isLast, half != nil || high != nil { decoded.append(Self.invalid) }
    return decoded
  }

  private mutating func append(_ unit: UInt16, to bytes: inout [UInt8]) {
    if let first = high {
      high = nil
      guard UTF16.isTrailSurrogate(unit) else {
        bytes.append(Self.invalid)
        return append(unit, to: &bytes)
      }
      append(UTF16.decode(.init([first, unit])), to: &bytes)
    } else if UTF16.isLeadSurrogate(unit) {
      high = unit
    } else {
      append(Unicode.Scalar(unit), to: &bytes)
    }
  }

  private func append(_ scalar: Unicode.Scalar?, to bytes: inout [UInt8]) {
    guard let scalar, let encoded = UTF8.encode(scalar) else { return bytes.append(Self.invalid) }
    bytes.append(contentsOf: encoded)
  }
}
