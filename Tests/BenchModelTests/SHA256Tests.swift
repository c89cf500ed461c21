import BenchModel
import Testing

@Suite("SHA-256") struct SHA256Tests {
  @Test(
    "The examples of FIPS 180 and NIST",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
          + "klmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func vectors(text: String, digest: String) {
    #expect(SHA256.hexadecimal(of: text.utf8) == digest)
  }

  @Test("A hundred thousand times 'a'")
  func long() {
    // The command `head -c 100000 /dev/zero | tr "\0" a | sha256sum` printed this digest.
    #expect(
      SHA256.hexadecimal(of: [UInt8](repeating: 0x61, count: 100_000))
        == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
  }

  @Test("Where the message is cut into pieces makes no difference")
  func pieces() {
    let bytes = (0..<200).map { UInt8($0) }
    for length in 0...200 {
      let whole = SHA256.hexadecimal(of: bytes.prefix(length))
      for cut in stride(from: 0, through: length, by: 13) {
        var hash = SHA256()
        hash.update(Array(bytes[..<cut]))
        hash.update(Array(bytes[cut..<length]))
        #expect(hash.finish() == whole)
      }
    }
  }
}
