import BenchComparer
import BenchModel
import BenchOutput
import Foundation
import Testing
import TextCoding

/// What `trend` and `changes` say in a terminal, of the history that the pages show too.
@Suite("Histories in a terminal") struct HistoryTextTests {
  private static let line = PageExample.line
  private static let accepted = AcceptedHistory(
    PageExample.acceptances, on: line, today: PageExample.today)
  private static let rows = PageExample.histories.compactMap {
    TrendRow($0, on: line, accepted: accepted)
  }
  private static let events = PageExample.histories.flatMap {
    HistoryEvent.all(of: $0, on: line, accepted: accepted)
  }

  private func changes(
    on machines: [MachineClass] = [PageExample.machine, PageExample.otherMachine],
    showsAll: Bool = false, width: Int
  ) -> String {
    ChangesText(
      Self.events.filter { machines.contains($0.machine) }, series: 9, machines: machines,
      line: Self.line, showsAll: showsAll, width: width
    ).text
  }

  @Test("as wide as a small and a large terminal", arguments: [80, 120])
  func golden(width: Int) throws {
    try expectGolden(
      TrendText(Self.rows, line: Self.line, width: width).text, "trend-\(width).txt")
    try expectGolden(changes(showsAll: true, width: width), "changes-\(width).txt")
  }

  @Test("no line is longer than the terminal", arguments: [60, 72, 80, 96, 100, 120, 200])
  func fits(width: Int) {
    let text =
      TrendText(Self.rows, line: Self.line, showsAll: true, width: width).text
      + changes(showsAll: true, width: width)
    let long = text.split(separator: "\n").filter { DisplayWidth.of(String($0)) > width }
    #expect(long.isEmpty, "\(long)")
  }

  @Test("two classes of machines with one summary never have the same heading")
  func headings() throws {
    let machines = [16, 64].map { memory in
      MachineClass(
        architecture: "x86_64", cpuModel: "Box", cores: 2, memoryBucketGiB: memory,
        system: "Linux 6")
    }
    let histories = machines.map { machine in
      let measured = PageExample.measured("a/b", level: 1e6, on: machine) { $0 < 30 ? 1 : 2 }
      return HistoryAnalyser(family: 2).analyse(measured)
    }
    let titles = [16, 64].map { "Box, 2 cores, Linux 6 (memory \($0) GiB)" }
    let rows = histories.compactMap { TrendRow($0, on: Self.line) }
    let events = histories.flatMap { HistoryEvent.all(of: $0, on: Self.line) }
    let setting = TrendSetting(
      project: "demo", line: Self.line, machines: machines, generated: PageExample.generated,
      toolVersion: "1.0")
    let answers = [
      PageExample.trend(histories, setting: setting),
      TrendText(rows, line: Self.line, width: 120).text, HistoryTable(trend: rows).csv,
      ChangesText(events, series: 2, machines: machines, line: Self.line, width: 120).text,
      HistoryTable(changes: events).csv,
      HistoryJSON.changes(events, series: 2, line: Self.line, rule: HistoryRule()),
    ]
    for text in answers { #expect(titles.allSatisfy(text.contains), "\(text)") }
  }

  @Test("the course of a series stays beside many and long events", arguments: [80, 120])
  func course(width: Int) throws {
    let row = try #require(Self.rows.first { $0.key.benchmark.id == "throughput/joined" })
    #expect(row.lasting.count == 2)
    let text = TrendText([row], line: Self.line, width: width).text
    #expect(text.contains(/series +course +latest/))
    #expect(text.contains(/[▁▂▃▄▅▆▇█]{8}/))
  }

  @Test("of more than two changes trend shows the latest two, and counts the others")
  func earlier() throws {
    let bumps = PageExample.measured("a/b", level: 1e6) { [1, 1.5, 2, 2.5][$0 / 15] }
    let row = try #require(TrendRow(HistoryAnalyser(family: 1).analyse(bumps), on: Self.line))
    #expect(row.lasting.count == 3)
    let text = TrendText([row], line: Self.line, width: 400).text
    #expect(text.ranges(of: "slower by").count == 2 && text.contains("; 1 earlier"))
  }

  @Test("changes name the machine only where there are several")
  func machines() {
    let one = changes(on: [PageExample.machine], width: 120)
    #expect(!one.contains("#1") && !one.contains(PageExample.machine.summary))
    let both = changes(width: 120)
    #expect(both.contains("#1 \(PageExample.machine.summary)"))
    #expect(both.contains("#2 \(PageExample.otherMachine.summary)"))
    #expect(both.contains(/series +on +before → after/))
  }

  @Test("what was accepted is marked in every format, and not what nobody accepted")
  func acceptance() throws {
    let taken = try #require(Self.events.first { $0.key.benchmark.id == "memory/grouped" })
    #expect(taken.isAccepted && EventText.standing(taken) == ["accepted until 2026-12-31"])
    #expect(changes(width: 120).contains("accepted until 2026-12-31"))
    #expect(TrendText(Self.rows, line: Self.line, width: 120).text.contains("accepted until"))
    let hostile = try #require(Self.events.first { $0.key.benchmark.id == PageExample.hostileName })
    #expect(EventText.standing(hostile) == ["more than the 5.0 % accepted"])
    let csv = HistoryTable(changes: Self.events).csv
    #expect(csv.hasPrefix("kind,series,") && csv.contains(",no,accepted until 2026-12-31,"))
    let json = HistoryJSON.changes(
      Self.events, series: 9, line: Self.line, rule: HistoryRule())
    #expect(json.ranges(of: "\"standing\" : \"in_force\"").count == 1)
    #expect(json.ranges(of: "\"acceptance\"").count == 2)
  }
}
