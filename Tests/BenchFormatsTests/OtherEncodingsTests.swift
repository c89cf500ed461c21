import BenchFormats
import BenchTestSupport
import Foundation
import Testing

@Suite("Files that are not UTF-8, one object a line")
struct OtherEncodingsTests {
  private static let text = header + line("\"subject\":\"größer 😀 日本\"") + line(commit: 2)

  /// The text in UTF-16.
  private func utf16(_ text: String, isBigEndian: Bool, hasMark: Bool) -> [UInt8] {
    let units: [UInt16] = (hasMark ? [0xFEFF] : []) + text.utf16
    let bytes: [[UInt8]] = units.map { unit in
      let upper = UInt8(unit >> 8)
      let lower = UInt8(unit & 0xFF)
      return isBigEndian ? [upper, lower] : [lower, upper]
    }
    return Array(bytes.joined())
  }

  @Test(
    "UTF-16 of either order, with a mark or without, gives what UTF-8 gives",
    arguments: [1, 2, 3, 1000], [true, false])
  func readsUTF16(_ piece: Int, _ isBigEndian: Bool) {
    let expected = read(Self.text)
    #expect(expected.records.count == 2)
    for hasMark in [true, false] {
      let bytes = utf16(Self.text, isBigEndian: isBigEndian, hasMark: hasMark)
      let file = read(bytes, piece: piece)
      #expect(file.errors == [] && file.records == expected.records, "mark: \(hasMark)")
    }
  }

  @Test("what is not UTF-16 in a file of UTF-16 is a bad line, and reading goes on after it")
  func refusesBrokenUTF16() {
    let mark = UInt16(0xD800)
    let units = Array((header + line()).utf16) + [mark] + Array(("x\n" + line(commit: 2)).utf16)
    let bytes: [[UInt8]] = units.map { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let file = read([0xFF, 0xFE] + bytes.joined())
    #expect(file.records.count == 2 && file.problems == [.notUTF8] && file.badLines == [3])
    // Half a unit at the end belongs to no line that could be read.
    let odd = read(utf16(Self.text, isBigEndian: false, hasMark: true) + [0x7B])
    #expect(odd.records.count == 2 && odd.problems == [.notUTF8])
  }

  @Test(
    "a compressed file is named, with the command that helps",
    arguments: [
      ([0x1F, 0x8B, 0x08, 0x00, 0x00], "this is gzip", "gunzip -c FILE | benchdb import -"),
      ([0x50, 0x4B, 0x03, 0x04, 0x14], "this is zip", "unzip -p FILE | benchdb import -"),
      ([0x42, 0x5A, 0x68, 0x39], "this is bzip2", "bunzip2 -c FILE | benchdb import -"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "this is xz", "unxz -c FILE | benchdb import -"),
      ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "this is zstd", "unzstd -c FILE | benchdb import -"),
    ] as [([UInt8], String, String)])
  func namesCompression(_ bytes: [UInt8], _ name: String, _ command: String) {
    let file = read(bytes + [0x0A, 0xFF, 0x0A])
    #expect(file.errors.count == 1 && file.records == [])
    let description = file.errors.first?.description ?? ""
    #expect(description.hasPrefix("results.jsonl:1: \(name); "))
    #expect(description.contains(command))
  }

  @Test("JSON over several lines is named by the line where an object does not end")
  func namesPrettyPrinting() {
    let pretty = "{\n  \"benchdb\": 1,\n  \"project\": \"acme\"\n}\n" + line()
    #expect(read(pretty).problems == [.unfinished] && read(pretty).badLines == [1])
    let advice = "the object does not end on this line; each line has to be a whole object, as "
    #expect(read(pretty).errors.first?.description.contains(advice + "`jq -c .` prints it") == true)
    let later = read(header + "{\"commit\":\n" + line())
    #expect(later.problems == [.unfinished] && later.badLines == [2] && later.records.count == 1)
  }

  @Test("every beginning of a line is unfinished or refused, and none of it crashes")
  func beginnings() {
    let whole = line("\"subject\":\"a \\u00e9\"").dropLast()
    for count in 1..<whole.utf8.count {
      let file = read(Array((header + whole).utf8.prefix(header.utf8.count + count)))
      #expect(file.problems == [.unfinished], "\(count) bytes")
    }
  }
}
