import StreamingPipeline
import TextCoding

/// Draws a chart as a row of bars of eight heights.
enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")
  /// The most bars. With more points, each bar is the average of several points.
  private static let most = 60

  static func text(_ drawing: ChartDrawing) -> String {
    let values = drawing.points.map(\.value.number).filter(\.isFinite)
    let title = drawing.title.map { Printable.text($0) + " " } ?? ""
    guard let least = values.min(), let greatest = values.max() else {
      return title + "(no points)"
    }
    let shown = condensed(values)
    // The halves are subtracted, because the range of doubles is twice what a double can hold.
    let range = greatest / 2 - least / 2
    let line = shown.map { value in
      range > 0 ? bars[Int(((value / 2 - least / 2) / range * 7).rounded())] : bars[3]
    }
    let omitted = drawing.omitted > 0 ? " (\(drawing.omitted) left out)" : ""
    return title + String(line) + omitted
  }

  private static func condensed(_ values: [Double]) -> [Double] {
    guard values.count > most else { return values }
    return (0..<most).map { bar in
      let part = values[(bar * values.count / most)..<((bar + 1) * values.count / most)]
      return part.reduce(0) { $0 + $1 / Double(part.count) }
    }
  }
}
