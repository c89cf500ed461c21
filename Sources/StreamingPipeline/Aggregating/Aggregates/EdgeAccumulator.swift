/// The first or the last content of a bin, with its position in the stream.
struct Edge<Content> {
  var position: Int
  var content: Content
}

/// Keeps the first or the last value, by position.
class EdgeAccumulator<Content>: BinnedAccumulator<Edge<Content>> {
  final let isFirst: Bool

  init(_ spec: AccumulatorSpec, isFirst: Bool, empty: Content) {
    self.isFirst = isFirst
    super.init(spec, empty: Edge(position: isFirst ? .max : -1, content: empty))
  }

  override func combine(_ state: inout Edge<Content>, _ other: Edge<Content>) {
    let wins = isFirst ? other.position < state.position : other.position > state.position
    if wins { state = other }
  }
}

/// The first or the last value, by position, of numbers, dates, instants and truth values.
final class NumberEdge: EdgeAccumulator<Int64> {
  init(_ spec: AccumulatorSpec, isFirst: Bool) {
    super.init(spec, isFirst: isFirst, empty: 0)
  }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    let isFirst = isFirst
    let start = input.position
    withStates { states in
      func take(_ lane: Int, _ row: Int, _ bits: Int64) {
        let state = states[Int(bins[lane])]
        let position = start &+ row
        let wins = isFirst ? position < state.position : position > state.position
        states[Int(bins[lane])] = wins ? Edge(position: position, content: bits) : state
      }
      if spec.type == .double {
        input.forEachDouble { take($0, $1, Int64(bitPattern: $2.bitPattern)) }
      } else {
        input.forEachInteger { take($0, $1, $2) }
      }
    }
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 0 else { return .null }
    let bits = states[bin].content
    return spec.type == .double
      ? .double(Double(bitPattern: UInt64(bitPattern: bits))) : spec.type.value(stored: bits)
  }
}

/// The first or the last text, by position. Text is copied at most once for each batch and group.
final class TextEdge: EdgeAccumulator<String> {
  init(_ spec: AccumulatorSpec, isFirst: Bool) {
    super.init(spec, isFirst: isFirst, empty: "")
  }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    let isFirst = isFirst
    let start = input.position
    withStates { states in
      // Text is copied only for the final winner of a batch, since a group changes its winner many
      // times.
      input.lanes.forEach { lane, row in
        let position = start &+ row
        let held = states[Int(bins[lane])].position
        let wins = isFirst ? position < held : position > held
        states[Int(bins[lane])].position = wins ? position : held
      }
      input.lanes.forEach { lane, row in
        let bin = Int(bins[lane])
        if bin != 0, states[bin].position == start &+ row {
          states[bin].content = input.column.text(at: row)
        }
      }
    }
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    present > 0 ? .string(states[bin].content) : .null
  }
}

extension Column {
  /// The text of a row that is not null.
  fileprivate func text(at row: Int) -> String {
    switch storage {
    case .dictionary(let codes, let dictionary): dictionary.values[Int(codes[offset + row])]
    case .strings(let strings): strings[offset + row]
    default: ""
    }
  }
}
