/// The distinct strings of a low-cardinality field; columns store indices into it.
///
/// A dictionary is immutable and shared between the batches of a stream, so that consumers can
/// recognise it by identity and do work once for each dictionary instead of once for each record.
public final class StringDictionary: Sendable {
  /// The strings, by code.
  public let values: [String]

  /// Makes a dictionary of distinct strings.
  public init(_ values: [String]) { self.values = values }
}

/// Strings stored one after another in one buffer; row `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
public struct PackedStrings: Sendable {
  /// The UTF-8 bytes of all rows.
  public let bytes: [UInt8]
  /// The index of each row's first byte, and the end of the last row: one more than there are rows.
  public let offsets: [UInt32]

  /// Stores bytes and offsets as they are. Offsets must not decrease and must lie within the bytes.
  public init(bytes: [UInt8], offsets: [UInt32]) {
    precondition(offsets.last.map { Int($0) <= bytes.count } ?? false, "offsets beyond the bytes")
    self.bytes = bytes
    self.offsets = offsets
  }

  /// The number of strings.
  public var count: Int { offsets.count - 1 }

  /// One string.
  public subscript(row: Int) -> String {
    String(decoding: bytes[Int(offsets[row])..<Int(offsets[row + 1])], as: UTF8.self)
  }
}
