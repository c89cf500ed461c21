/// Divides a stream into windows, by count or by time, so that aggregates are computed in each.
///
/// Windows begin at multiples of their step: from record 0 on, or from 1970-01-01 on. Every window
/// that holds a record is in the result, even if the stream begins or ends inside it. A record
/// without a time belongs to the null window.
///
/// A sliding window costs no more for each record than a tumbling one: the stream is divided into
/// panes as long as the greatest common divisor of size and step, and the panes' aggregates are
/// merged at the end (Li, Maier, Tufte, Papadimos and Tucker: No pane, no gain, 2005). `maxGroups`
/// counts panes.
///
/// ```swift
/// let hourly = Grouping(
///   by: [], within: .tumbling(over: .seconds(3_600), of: "time"), computing: [.count])
/// ```
public struct Window: Hashable, Sendable {
  enum Measure: Hashable, Sendable {
    case count
    /// Size and step are in microseconds.
    case time(field: String)
  }

  let measure: Measure
  let size: Int64
  let step: Int64

  /// The most panes a window may have.
  public static let mostPanes = 1_000

  /// Consecutive windows of `count` records. Their start is the index of their first record,
  /// counted from 0.
  public static func tumbling(count: Int) -> Window { sliding(count: count, every: count) }

  /// Windows of `count` records, of which a new one begins every `step` records.
  public static func sliding(count: Int, every step: Int) -> Window {
    Window(measure: .count, size: Int64(count), step: Int64(step))
  }

  /// Consecutive windows of time, by a date or timestamp field. Their start is a timestamp.
  public static func tumbling(over size: Duration, of field: String) -> Window {
    sliding(over: size, every: size, of: field)
  }

  /// Windows of time, of which a new one begins every `step`, by a date or timestamp field.
  public static func sliding(over size: Duration, every step: Duration, of field: String) -> Window
  {
    Window(
      measure: .time(field: field), size: microseconds(size), step: microseconds(step))
  }

  private static func microseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? 0 : product &+ attoseconds / 1_000_000_000_000
  }
}

extension Window {
  /// The length of a pane.
  var pane: Int64 {
    var (a, b) = (size, step)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// - Throws: `PipelineError.invalidOption`, and `.wrongType` for a field that holds no time.
  func validate(_ schema: Schema) throws(PipelineError) {
    guard size >= 1 else {
      throw .invalidOption(name: "window size", value: "\(size)", permitted: "1 or more")
    }
    guard (1...size).contains(step) else {
      throw .invalidOption(name: "window step", value: "\(step)", permitted: "1...\(size)")
    }
    guard size / pane <= Int64(Self.mostPanes) else {
      throw .invalidOption(
        name: "panes of a window", value: "\(size / pane)", permitted: "1...\(Self.mostPanes)")
    }
    guard case .time(let field) = measure else { return }
    let type = schema.fields[try schema.requirePosition(of: field, usedBy: "window")].type
    guard type == .timestamp || type == .date else {
      throw .wrongType(field: field, type: type, wanted: "a date or a timestamp for a window")
    }
  }

  /// The type of the windows' starts.
  var startType: FieldType {
    switch measure {
    case .count: .int64
    case .time: .timestamp
    }
  }

  /// The starts of the windows that hold a pane, ascending. Those of counted records are not
  /// negative.
  func starts(holding paneStart: Int64) -> [Int64] {
    let last = floored(paneStart, by: step) &* step
    var starts: [Int64] = []
    var start = last
    while start > paneStart - size, measure != .count || start >= 0 {
      starts.append(start)
      start -= step
    }
    return starts.reversed()
  }
}
