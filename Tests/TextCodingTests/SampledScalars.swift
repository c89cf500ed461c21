/// Scalars for tests of small scopes: all of the alphabets and signs below U+3100, all beside the
/// surrogates and at the ends of planes, and every 61st of the rest.
struct SampledScalars: Sequence {
  func makeIterator() -> AnyIterator<Unicode.Scalar> {
    var value: UInt32 = 0
    return AnyIterator {
      while value <= 0x10_FFFF {
        defer { value += 1 }
        if Self.isSampled(value), let scalar = Unicode.Scalar(value) { return scalar }
      }
      return nil
    }
  }

  private static func isSampled(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x3100, 0xD7F0..<0xE010, 0xFE00..<0x1_0010, 0x10_FFF0...: true
    default: value % 61 == 0
    }
  }
}
