import BenchComparer
import BenchModel
import BenchOutput

/// `benchdb changes`: when something changed, and by how much.
package struct ChangesRequest {
  private let workspace: Workspace
  private let selection: HistorySelection

  package init(_ selection: HistorySelection, in workspace: Workspace) {
    self.selection = selection
    self.workspace = workspace
  }

  package func run() throws -> ChangesAnswer {
    let reading = try ReadHistory(selection, in: workspace)
    var answer = ChangesAnswer(line: reading.line, rule: reading.rule, showsAll: selection.all)
    try reading.forEach { history, _ in
      answer.seriesCount += 1
      if !answer.machines.contains(history.machine) { answer.machines.append(history.machine) }
      answer.events += HistoryEvent.all(
        of: history, on: reading.line, accepted: reading.accepted)
    }
    return answer
  }
}

/// What changed over history, of how many series on which classes of machines.
package struct ChangesAnswer {
  var events: [HistoryEvent] = []
  var seriesCount = 0
  var machines: [MachineClass] = []
  let line: CommitLine
  let rule: HistoryRule
  let showsAll: Bool

  init(line: CommitLine, rule: HistoryRule, showsAll: Bool) {
    self.line = line
    self.rule = rule
    self.showsAll = showsAll
  }

  package func write(_ format: HistoryFormat, to console: Console) {
    switch format {
    case .text:
      let text = ChangesText(
        events, series: seriesCount, machines: machines, line: line, showsAll: showsAll,
        width: console.width, style: console.style)
      console.answer(text.text)
    case .json:
      console.answer(HistoryJSON.changes(events, series: seriesCount, line: line, rule: rule))
    case .csv: console.answer(HistoryTable(changes: events).csv)
    case .markdown: console.answer(HistoryTable(changes: events).markdown)
    }
  }
}
