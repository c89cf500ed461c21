import BenchComparer
import BenchModel

/// Chooses which rows of a comparison are shown by themselves and which are folded into a line.
struct ComparisonTable {
  private let comparison: Comparison
  private let setting: ComparisonSetting
  private let showsAll: Bool
  /// How many rows of one kind are still shown by themselves.
  private static let shownOfAKind = 3

  init(_ comparison: Comparison, setting: ComparisonSetting, showsAll: Bool) {
    self.comparison = comparison
    self.setting = setting
    self.showsAll = showsAll
  }

  var table: TextTable {
    var table = TextTable(columns: columns)
    let gates = comparison.rows.filter(\.metric.isGate)
    if showsAll {
      comparison.rows.forEach { table.add(cells($0)) }
      return table
    }
    var explained: Set<BenchmarkKey> = []
    for row in gates where row.isChanged {
      table.add(cells(row))
      guard explained.insert(row.key.benchmark).inserted else { continue }
      for other in beside(row) { table.add(cells(other)) }
    }
    for (kind, rows) in FoldedAnswer.kinds(of: gates.filter { !$0.isChanged })
    where !kind.isOnlyCounted {
      if kind.isAlwaysFolded || rows.count > Self.shownOfAKind {
        table.add(line: TextTable.Cell("⋯ \(Digits.grouped(rows.count)) \(kind.text(rows))", .dim))
      } else {
        rows.forEach { table.add(cells($0)) }
      }
    }
    return table
  }

  private var columns: [TextTable.Column] {
    let isSame = setting.base.title == setting.head.title
    return [
      .init("series", fitting: .elidable(minimum: 16)),
      .init(isSame ? "base" : setting.base.title, alignment: .right),
      .init(isSame ? "head" : setting.head.title, alignment: .right),
      .init("change (+ is worse)", fitting: .wrapping(minimum: 26)),
      .init("", fitting: .droppable),
    ]
  }

  /// Series of the same benchmark that changed and don't gate: they often say why.
  private func beside(_ row: ComparisonRow) -> [ComparisonRow] {
    comparison.rows.filter {
      !$0.metric.isGate && $0.isChanged && $0.key.benchmark == row.key.benchmark
    }
  }

  private func cells(_ row: ComparisonRow) -> [TextTable.Cell] {
    let role: TextRole? = row.metric.isGate ? nil : .dim
    let answer = row.shownRole
    return [
      .init(row.key.description, role),
      .init(value(row.base, row), role),
      .init(value(row.head, row), role),
      .init(AnswerText.text(row), row.metric.isGate ? answer : .dim),
      .init(evidence(row), .dim),
    ]
  }

  private func value(_ side: SideSummary?, _ row: ComparisonRow) -> String {
    side.map { Quantity($0.value, row.metric.unit).description } ?? "–"
  }

  private func evidence(_ row: ComparisonRow) -> String { row.evidence(in: comparison.mode) }
}

extension RoundMethod? {
  /// How the processes of a round ran, after what they are called; empty for one after the other.
  fileprivate var manner: String {
    switch self {
    case .lockstep: " in turns"
    case .longTurns: " in long turns"
    case .together: " at once"
    case .apart, nil: ""
    }
  }
}

extension ComparisonRow {
  /// What the row stands on: `paired, 20+20 processes in turns`, and `confirmed` before that where
  /// a stored comparison had suspected what these convicted.
  func evidence(in mode: Comparison.Mode) -> String {
    guard metric.isGate else { return "shown, never gates" }
    guard isChanged, let base, let head else { return "" }
    let processes = "\(base.processes)+\(head.processes) processes" + method.manner
    guard self.mode == .paired || mode == .paired else { return processes }
    let isConfirmed = mode == .stored && [.slower, .faster].contains(answer.kind)
    return isConfirmed ? "confirmed, paired, \(processes)" : "paired, \(processes)"
  }

  /// How the answer is meant; `nil` also where nobody knows which values are better.
  var shownRole: TextRole? { metric.isDirectionKnown ? kind.role : nil }

  /// Called slower or faster, or suspected of it, or moved by layout or machine.
  var isChanged: Bool { ![.same, .unknown].contains(answer.kind.movement) }
}
