import BenchModel
import BenchOutput
import Testing
import TextCoding

@Suite struct TerminalTextTests {
  @Test("Colour follows the flag, then NO_COLOR, then CLICOLOR_FORCE, then the terminal")
  func colour() {
    for choice in ColourChoice.allCases {
      for isTerminal in [true, false] {
        for no in [nil, "", "1"] {
          for force in [nil, "", "0", "1"] {
            for term in [nil, "dumb", "xterm"] {
              let environment = ["NO_COLOR": no, "CLICOLOR_FORCE": force, "TERM": term]
                .compactMapValues(\.self)
              let style = TerminalStyle(
                choice: choice, isTerminal: isTerminal, environment: environment)
              let automatic =
                no == "1" ? false : force == "1" ? true : isTerminal && term != "dumb"
              let expected =
                choice == .always ? true : choice == .never ? false : automatic
              #expect(style.isColoured == expected, "\(choice) \(isTerminal) \(environment)")
            }
          }
        }
      }
    }
  }

  @Test("Without colour every role is plain text, with it every role ends what it began")
  func roles() {
    for role in TextRole.allCases {
      #expect(TerminalStyle.plain.text("x", role) == "x")
      let text = TerminalStyle(isColoured: true).text("x", role)
      #expect(text.hasPrefix("\u{1B}[") && text.hasSuffix("mx\u{1B}[0m"))
    }
    #expect(TerminalStyle(isColoured: true).text("x", nil) == "x")
    #expect(TerminalStyle(isColoured: true).text("", .bad) == "")
  }

  @Test("Eliding keeps both ends and never exceeds the width")
  func eliding() {
    #expect(Elision.middle("throughput/grouped", width: 18) == "throughput/grouped")
    #expect(Elision.middle("throughput/grouped", width: 11) == "throu…ouped")
    #expect(Elision.middle("日本語日本語", width: 6) == "日…語")
    for text in ["throughput/grouped", "日本語日本語", "a", "👍👍👍"] {
      for width in 0...20 {
        #expect(DisplayWidth.of(Elision.middle(text, width: width)) <= width)
      }
    }
  }

  @Test("Names that differ only where they would be cut keep what differs", arguments: 20..<40)
  func toldApart(width: Int) {
    let long = "an_obnoxiously_long_name_of_a_suite_"
    let names = ["MIDDLE1", "MIDDLE2", "OTHER", ""].map { long + long + $0 + long } + ["short"]
    let forms = Elision.toldApart(names, width: width)
    let shown = names.map { forms[$0] ?? Elision.middle($0, width: width) }
    #expect(Set(shown).count == names.count, "\(shown)")
    #expect(shown.allSatisfy { DisplayWidth.of($0) <= width }, "\(shown)")
    #expect(forms["short"] == nil && forms[names[0]]?.contains("MIDDLE1") == true)
    var table = TextTable(columns: [.init("series", fitting: .elidable(minimum: width))])
    for name in names { table.add([.init(name)]) }
    #expect(Set(table.lines(width: width, style: .plain)).count == names.count + 1)
  }

  @Test("Wrapping breaks at spaces, cuts only what has none, and loses nothing")
  func wrapping() {
    #expect(Elision.wrap("one two three", width: 7) == ["one two", "three"])
    #expect(Elision.wrap("abcdefgh", width: 3) == ["abc", "def", "gh"])
    #expect(Elision.wrap("", width: 3) == [""])
    let text = "cannot tell (±3.9 %; about 24 more processes)"
    for width in 2...60 {
      let lines = Elision.wrap(text, width: width)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test(
    "Wrapping looks at each character a few times, however long the text",
    arguments: [("x", 200_000), ("word ", 20_000), ("1 ", 50_000), ("日", 50_000)])
  func longText(_ piece: String, _ count: Int) {
    let text = String(repeating: piece, count: count)
    var looks = 0
    let lines = Elision.wrap(text, width: 80) { character in
      looks += 1
      return DisplayWidth.of(character)
    }
    #expect(looks <= 3 * text.count)
    #expect(lines.count >= text.count / 81)
  }

  @Test("Nobody is made to read a megabyte")
  func excerpt() {
    let failure = ProcessFailure(
      benchmark: BenchmarkKey(id: "a/b"), order: 0,
      outcome: .failed(reason: String(repeating: "no ", count: 300_000), detail: ""),
      standardError: String(repeating: "e", count: 1_000_000))
    let lines = FailureText.lines([failure], width: 80, style: .plain)
    #expect(lines.joined().count < 4_100)
    #expect(lines.filter { $0.hasSuffix("…") }.count == 2)
    #expect(TextTable.Cell(String(repeating: "x", count: 1_000_000)).text.count == 2_001)
  }

  @Test("A table aligns by width, drops, wraps and elides in this order")
  func table() {
    var table = TextTable(columns: [
      .init("name", fitting: .elidable(minimum: 8)), .init("value", alignment: .right),
      .init("answer", fitting: .wrapping(minimum: 10)), .init("note", fitting: .droppable),
    ])
    table.add([
      .init("日本/long-benchmark-name"), .init("1 ms"), .init("no change at all"), .init("n"),
    ])
    table.add([.init("b"), .init("12.5 ms"), .init("new"), .init("")])
    #expect(
      table.lines(width: 80, style: .plain) == [
        "  name                        value  answer            note",
        "  日本/long-benchmark-name     1 ms  no change at all  n",
        "  b                         12.5 ms  new",
      ])
    #expect(
      table.lines(width: 40, style: .plain) == [
        "  name                 value  answer", "  日本/lon…ark-name     1 ms  no change",
        "                              at all", "  b                  12.5 ms  new",
      ])
  }

  @Test("In a terminal narrower than its minima a table still fits")
  func narrowTable() {
    var table = TextTable(columns: [
      .init("series", fitting: .elidable(minimum: 16)), .init("4f2c1aa09", alignment: .right),
      .init("91be0371f", alignment: .right), .init("change", fitting: .wrapping(minimum: 26)),
    ])
    table.add([
      .init("throughput/grouped records=100000 · cpu"), .init("999.12 ms"), .init("999.12 ms"),
      .init("looks slower (−0.4 to +5.1 %): --paired may decide"),
    ])
    for width in [48, 60, 63, 70] {
      let lines = table.lines(width: width, style: .plain)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(width): \(lines)")
    }
  }

  @Test("A cell from data never reaches the terminal raw, whatever the colours")
  func hostileCell() {
    var table = TextTable(columns: [.init("name")])
    table.add([.init("\u{1B}]0;owned\u{7}", .bad)])
    table.add(line: .init("\u{9B}2J"))
    #expect(
      table.lines(width: 80, style: .plain).joined().allSatisfy { $0 != "\u{1B}" && $0 != "\u{9B}" }
    )
    let coloured = table.lines(width: 80, style: TerminalStyle(isColoured: true)).joined()
    #expect(!coloured.contains("\u{1B}]") && !coloured.contains("\u{7}"))
  }
}
