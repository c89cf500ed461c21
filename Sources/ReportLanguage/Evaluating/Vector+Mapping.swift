import StreamingPipeline

// Loops over one or two vectors. They are inlined at the call site, so that each operation is one
// loop over plain buffers. Null lanes are computed with placeholders and stay null.
extension Vector {
  /// Computes a value for every lane; null stays null.
  @inline(__always)
  func map<Input: LaneElement, Output: LaneElement>(
    _ type: FieldType, _ body: (Input) -> Output
  ) -> Vector {
    let output = values(Input.self).map(body)
    return Vector(type, Output.lanes(output), nulls: nulls, faults: faults, isConstant: isConstant)
  }

  /// Computes a value for every lane. Where `body` returns nil for a lane that is not null, the
  /// lane is a fault.
  @inline(__always)
  func map<Input: LaneElement, Output: LaneElement>(
    _ type: FieldType, or fault: EvaluationError, _ body: (Input) -> Output?
  ) -> Vector {
    var faults = faults
    let output = values(Input.self).enumerated().map { lane, value in
      if let result = body(value) { return result }
      if nulls.map({ !$0[lane] }) ?? true { faults.add(fault, at: lane) }
      return Output.placeholder
    }
    return Vector(type, Output.lanes(output), nulls: nulls, faults: faults, isConstant: isConstant)
  }

  /// Computes a value for every pair of lanes; null where either is null.
  @inline(__always)
  func zip<Left: LaneElement, Right: LaneElement, Output: LaneElement>(
    _ other: Vector, _ type: FieldType, _ body: (Left, Right) -> Output
  ) -> Vector {
    let output = values(Left.self).withUnsafeBufferPointer { left in
      other.values(Right.self).withUnsafeBufferPointer { right in
        Self.fill(left, isConstant, right, other.isConstant, body)
      }
    }
    return joined(other, type, Output.lanes(output))
  }

  /// Computes a value for every pair of lanes. Where `body` returns nil for lanes that are not
  /// null, the lane is a fault.
  @inline(__always)
  func zip<Left: LaneElement, Right: LaneElement, Output: LaneElement>(
    _ other: Vector, _ type: FieldType, or fault: EvaluationError,
    _ body: (Left, Right) -> Output?
  ) -> Vector {
    let (left, right) = (values(Left.self), other.values(Right.self))
    let count = isConstant ? right.count : left.count
    var failed: [Int] = []
    let output = (0..<count).map { lane in
      if let result = body(left[isConstant ? 0 : lane], right[other.isConstant ? 0 : lane]) {
        return result
      }
      failed.append(lane)
      return Output.placeholder
    }
    var result = joined(other, type, Output.lanes(output))
    for lane in failed where !result.isNull(lane) && result.faults?[lane] == nil {
      result.faults.add(fault, at: lane)
    }
    return result
  }

  /// Lanes computed from this and another vector: null where either is null, and a fault where
  /// either is a fault.
  func joined(_ other: Vector, _ type: FieldType, _ lanes: Lanes) -> Vector {
    let isConstant = isConstant && other.isConstant
    let count = lanes.count
    var result = Vector(type, lanes, isConstant: isConstant)
    result.nulls = Self.joined(spread(nulls, count), other.spread(other.nulls, count))
    if faults != nil || other.faults != nil {
      result.faults = spread(faults, count).merging(other.spread(other.faults, count)) { mine, _ in
        mine
      }
    }
    return result
  }

  @inline(__always)
  private static func fill<Left, Right, Output>(
    _ left: UnsafeBufferPointer<Left>, _ isLeftConstant: Bool,
    _ right: UnsafeBufferPointer<Right>, _ isRightConstant: Bool,
    _ body: (Left, Right) -> Output
  ) -> [Output] {
    let total = isLeftConstant ? right.count : left.count
    return [Output](unsafeUninitializedCapacity: total) { output, count in
      count = total
      guard total > 0 else { return }
      switch (isLeftConstant, isRightConstant) {
      case (false, false):
        for lane in 0..<total {
          output.initializeElement(at: lane, to: body(left[lane], right[lane]))
        }
      case (true, _):
        let value = left[0]
        for lane in 0..<total { output.initializeElement(at: lane, to: body(value, right[lane])) }
      case (false, true):
        let value = right[0]
        for lane in 0..<total { output.initializeElement(at: lane, to: body(left[lane], value)) }
      }
    }
  }

  private func spread(_ nulls: [Bool]?, _ count: Int) -> [Bool]? {
    guard let nulls, isConstant else { return nulls }
    return nulls[0] ? [Bool](repeating: true, count: count) : nil
  }

  private func spread(_ faults: Faults?, _ count: Int) -> Faults {
    guard let faults, isConstant, let fault = faults[0] else { return faults ?? [:] }
    return Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, fault) })
  }

  private static func joined(_ left: [Bool]?, _ right: [Bool]?) -> [Bool]? {
    guard let left else { return right }
    guard let right else { return left }
    return left.indices.map { left[$0] || right[$0] }
  }
}

extension Vector.Lanes {
  /// The number of lanes.
  var count: Int {
    switch self {
    case .text(let values): values.count
    case .double(let values): values.count
    case .int64(let values): values.count
    case .int32(let values): values.count
    case .bool(let values): values.count
    }
  }
}

extension Faults? {
  /// Adds a fault, unless the lane has one already.
  mutating func add(_ fault: EvaluationError, at lane: Int) {
    var faults = self ?? [:]
    if faults[lane] == nil { faults[lane] = fault }
    self = faults
  }
}
