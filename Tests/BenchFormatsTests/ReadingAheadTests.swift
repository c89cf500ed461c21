import BenchFormats
import BenchModel
import BenchTestSupport
import Testing

struct ReadingAheadTests {
  @Test(
    "reading ahead gives what reading gives, bad lines and the remainder included",
    arguments: 0..<20)
  func sameAsReading(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let lines = (0..<Int.random(in: 0...1000, using: &random)).map { number in
      switch Int.random(in: 0..<20, using: &random) {
      case 0: "{\"commit\":1}\n"
      case 1: "\n"
      default: line("\"session\":\"s-\(number / 7)\"", commit: number % 9)
      }
    }
    let text = header + lines.joined()
    let ahead = ReadingAhead { reader(of: text) }
    var file = ReadFile()
    while let line = ahead.next() {
      switch line.content {
      case .success(let record): file.records.append(record)
      case .failure(let error): file.errors.append(error)
      }
    }
    let expected = read(text)
    #expect(file.records == expected.records)
    #expect(file.badLines == expected.badLines)
    #expect(ahead.next() == nil)
  }

  @Test("a file without a header ends after its error")
  func noHeader() {
    let ahead = ReadingAhead { reader(of: "nonsense\n" + line()) }
    let first = ahead.next()
    #expect(first?.isReadable == false)
    #expect(throws: FormatError.self) { try first?.content.get() }
    #expect(ahead.next() == nil)
  }

  @Test("whoever stops early leaves nothing behind that waits or traps", arguments: [0, 1, 300])
  func stopsEarly(count: Int) {
    let text = header + String(repeating: line(), count: 5000)
    for _ in 0..<20 {
      let ahead = ReadingAhead { reader(of: text) }
      for _ in 0..<count { #expect(ahead.next() != nil) }
    }
  }
}
