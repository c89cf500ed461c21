/// The distinct strings of a low-cardinality field; a column holds codes into it.
///
/// A dictionary is immutable and shared between the batches of a stream, so that consumers can
/// recognise it by identity and do their work once a dictionary, not once a record.
public final class StringDictionary: Sendable {
  /// The strings, by code.
  public let values: [String]

  /// Makes a dictionary of distinct strings.
  public init(_ values: [String]) { self.values = values }
}

/// Strings one after another in one buffer; row `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
public struct PackedStrings: Sendable {
  /// UTF-8 bytes of all the rows.
  public let bytes: [UInt8]
  /// Where each row begins, and the end of the last: one more than there are rows.
  public let offsets: [UInt32]

  /// Takes bytes and offsets as they are; the offsets must not decrease and must lie in the bytes.
  public init(bytes: [UInt8], offsets: [UInt32]) {
    precondition(offsets.last.map { Int($0) <= bytes.count } ?? false, "offsets beyond the bytes")
    self.bytes = bytes
    self.offsets = offsets
  }

  /// How many strings there are.
  public var count: Int { offsets.count - 1 }

  /// One string.
  public subscript(row: Int) -> String {
    String(decoding: bytes[Int(offsets[row])..<Int(offsets[row + 1])], as: UTF8.self)
  }
}
