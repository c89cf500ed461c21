package import BenchModel
internal import Foundation

/// The identity of something that other harnesses leave unnamed. The same source always gives the
/// same UUID, so that importing it again changes nothing.
struct SourceIdentity: Hashable {
  private let high: UInt64
  private let low: UInt64

  /// Hashes the parts, each with its length before it, so that no two lists of parts give the same
  /// bytes.
  init(_ kind: StaticString, _ parts: [UnsafeRawBufferPointer]) {
    var hash = SHA256()
    hash.update(UnsafeRawBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
    for part in parts {
      withUnsafeBytes(of: UInt32(part.count).littleEndian) { hash.update($0) }
      hash.update(part)
    }
    (high, low) = hash.finishHalf()
  }

  init(_ kind: StaticString, _ texts: String...) {
    self.init(kind, texts)
  }

  init(_ kind: StaticString, _ texts: [String]) {
    var hash = SHA256()
    hash.update(UnsafeRawBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
    for text in texts {
      var text = text
      text.withUTF8 { bytes in
        withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { hash.update($0) }
        hash.update(UnsafeRawBufferPointer(bytes))
      }
    }
    (high, low) = hash.finishHalf()
  }

  /// The identity of a process: its name, if it has one, within everything else that distinguishes
  /// it from others.
  init(process name: String?, in location: ProcessLocation) {
    var hash = SHA256()
    withUnsafeBytes(of: location) { hash.update($0) }
    if var name { name.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) } }
    hash.update(name == nil ? [0] : [1])
    (high, low) = hash.finishHalf()
  }

  /// The first bits of the digest with version 8 ('custom') and the variant of RFC 9562 §5.8.
  var uuid: UUID {
    let first = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x8000
    let second = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
    func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
      UInt8(truncatingIfNeeded: word >> (56 - 8 * index))
    }
    return UUID(
      uuid: (
        byte(first, 0), byte(first, 1), byte(first, 2), byte(first, 3), byte(first, 4),
        byte(first, 5), byte(first, 6), byte(first, 7), byte(second, 0), byte(second, 1),
        byte(second, 2), byte(second, 3), byte(second, 4), byte(second, 5), byte(second, 6),
        byte(second, 7)
      ))
  }
}

/// Everything but its name that distinguishes a process from others.
struct ProcessLocation: Hashable {
  let session: UUID
  let revision: SourceIdentity
  let benchmark: SourceIdentity
}

extension MachineClass {
  /// The class of a machine of which only the name is known.
  package static func named(_ name: String) -> MachineClass {
    MachineClass(
      architecture: "", cpuModel: name, cores: 0, memoryBucketGiB: 0, system: "",
      virtualisation: "", containerLimits: "", runnerImage: "")
  }

  /// The name, where nothing else is known and a line takes it as a name.
  var onlyName: String? {
    !cpuModel.isEmpty && cpuModel.utf8.count <= InterchangeLimits.name && self == .named(cpuModel)
      ? cpuModel : nil
  }
}
