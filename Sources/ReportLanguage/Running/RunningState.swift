import StreamingPipeline

/// The variables, figures and charts of a report as they are after some of its records.
struct RunningState {
  private let plan: ReportPlan
  private(set) var values: [Value]
  private var functions: [RunningFigure?]
  var figures: [RunningFigure]
  var charts: [ChartPoints]

  init(_ plan: ReportPlan) {
    self.plan = plan
    values = plan.variables.map(\.initial)
    functions = plan.variables.map { variable in
      variable.function.map { RunningFigure($0, of: variable.operandType) }
    }
    figures = plan.figures.map { RunningFigure($0.function, of: $0.operandType) }
    charts = plan.charts.map { ChartPoints($0) }
    for slot in plan.variables.indices { resetVariable(slot) }
  }

  /// Lets a variable take a record's value.
  mutating func update(_ slot: Int, _ operand: Value) throws {
    guard functions[slot] != nil else {
      values[slot] = operand
      return
    }
    functions[slot]?.add(operand)
    do {
      values[slot] =
        try functions[slot]?.value(for: plan.variables[slot].expression) ?? .null
    } catch { throw ReportError.evaluation(error) }
  }

  mutating func beginDetail() { reset { $0 == .detail } }

  mutating func endPage() {
    reset { $0 == .page }
    resetFigures { $0 == .page }
  }

  mutating func endGroup(_ level: Int) {
    reset { $0 == .group(level) }
    resetFigures { $0 == .group(level) }
  }

  private mutating func reset(where resets: (Variable.Reset) -> Bool) {
    for slot in plan.variables.indices where resets(plan.variables[slot].reset) {
      resetVariable(slot)
    }
  }

  private mutating func resetVariable(_ slot: Int) {
    let variable = plan.variables[slot]
    functions[slot]?.reset(to: variable.initial)
    values[slot] =
      variable.initial.isNull
      ? (try? functions[slot]?.value(for: nil)) ?? .null : variable.initial
  }

  private mutating func resetFigures(where resets: (Element.Scope) -> Bool) {
    for index in figures.indices where resets(plan.figures[index].scope) { figures[index].reset() }
    for index in charts.indices where resets(plan.charts[index].scope) {
      charts[index] = ChartPoints(plan.charts[index])
    }
  }
}

/// Which groups there have been, to notice one that comes back.
///
/// Groups are remembered by hashes of 64 bits, up to `limit` at a time a level; beyond that, which
/// would need memory without bound, the newer ones are taken on trust.
struct SeenGroups {
  static let limit = 100_000
  private var levels: [Set<Int>]

  init(levels count: Int) { levels = Array(repeating: [], count: count) }

  /// Notes a new group of a level; false where it was there already.
  mutating func begin(_ level: Int, keys: [Value]) -> Bool {
    // Groups within a new one are new, whatever their own keys are.
    for inner in level..<levels.count { levels[inner].removeAll(keepingCapacity: true) }
    guard levels[level - 1].count < Self.limit else { return true }
    var hasher = Hasher()
    for key in keys.prefix(level) { hasher.combine(key) }
    return levels[level - 1].insert(hasher.finalize()).inserted
  }
}

/// Where the pages of a text end.
struct PageLayout {
  private let length: Int?
  private let reserved: Int
  private var used = 0
  private var hasContent = false
  /// The page at hand, from 1.
  private(set) var number = 1

  init(_ plan: ReportPlan, length: Int?) {
    self.length = length
    reserved = (plan.bands(.columnFooter) + plan.bands(.pageFooter)).map(\.height).reduce(0, +)
  }

  /// Whether a band of so many lines does not fit on the page any more, in front of its footers.
  func breaks(before kind: Band.Kind, _ height: Int) -> Bool {
    guard let length else { return false }
    switch kind {
    case .title, .pageHeader, .columnHeader, .columnFooter, .pageFooter, .summary: return false
    default: return hasContent && used + height + reserved > length
    }
  }

  mutating func count(_ kind: Band.Kind, _ lines: Int) {
    used += lines
    // A band longer than a page stands on one of its own; turning pages for it would never end.
    switch kind {
    case .pageHeader, .columnHeader: break
    default: hasContent = true
    }
  }

  /// Begins a page.
  mutating func turn() {
    number += 1
    used = 0
    hasContent = false
  }
}

extension PlannedBand {
  /// The most lines that it takes.
  var height: Int { (elements.isEmpty ? 0 : 1) + bands.map(\.height).reduce(0, +) }
}
