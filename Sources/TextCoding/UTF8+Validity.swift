extension UTF8 {
  /// Whether bytes are UTF-8. Those of ASCII are looked at eight at a time.
  @inlinable
  package static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isASCII(bytes) || String(validating: bytes, as: UTF8.self) != nil
  }

  @inlinable
  @inline(__always)
  static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var high: UInt64 = 0
    var index = 0
    while index + 8 <= bytes.count {
      high |= bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    var tail: UInt8 = 0
    while index < bytes.count {
      tail |= bytes[index]
      index += 1
    }
    return high & 0x8080_8080_8080_8080 == 0 && tail & 0x80 == 0
  }
}
