/// A format that has to be decompressed before benchdb can read what is in it.
package enum CompressedFormat: String, Sendable, CaseIterable {
  case gzip, zip, bzip2, xz, zstd

  /// Recognises the bytes with which every file of the format begins.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let format = Self.allCases.first(where: { bytes.starts(with: $0.signature) }) else {
      return nil
    }
    self = format
  }

  private var signature: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .zip: [0x50, 0x4B, 0x03, 0x04]
    case .bzip2: [0x42, 0x5A, 0x68]
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    }
  }

  /// The command that writes the contents to standard output.
  var command: String {
    switch self {
    case .gzip: "gunzip -c"
    case .zip: "unzip -p"
    case .bzip2: "bunzip2 -c"
    case .xz: "unxz -c"
    case .zstd: "unzstd -c"
    }
  }
}
