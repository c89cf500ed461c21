import StreamingPipeline

// Operations that do not always need both sides; a fault on the unneeded side is ignored.
extension Vector {
  /// Kleene's `and` and `or`: the left decides where it equals `deciding`, then the right; else the
  /// result is null where either is null. A fault on the left counts, one on the right only where
  /// it is needed.
  func combined(_ other: Vector, deciding: Bool) -> Vector {
    let (left, right) = (values(Bool.self), other.values(Bool.self))
    let count = isConstant ? right.count : left.count
    var nulls = [Bool](repeating: false, count: count)
    var faults: Faults?
    let truths = (0..<count).map { row in
      let (mine, theirs) = (isConstant ? 0 : row, other.isConstant ? 0 : row)
      if let fault = self.faults?[mine] {
        faults.add(fault, at: row)
        return false
      }
      let isUnknown = isNull(row)
      if !isUnknown, left[mine] == deciding { return deciding }
      if let fault = other.faults?[theirs] {
        faults.add(fault, at: row)
        return false
      }
      if !other.isNull(row), right[theirs] == deciding { return deciding }
      nulls[row] = isUnknown || other.isNull(row)
      return !deciding
    }
    return Vector(
      .bool, .bool(truths), nulls: nulls.contains(true) ? nulls : nil, faults: faults,
      isConstant: isConstant && other.isConstant)
  }

  /// The values of `then` where this is true, and of `otherwise` where it is false or null.
  func chosen(_ then: Vector, _ otherwise: Vector) -> Vector {
    var truths = values(Bool.self)
    if let nulls { for lane in truths.indices where nulls[lane] { truths[lane] = false } }
    return pick(then, otherwise, by: truths, also: self)
  }

  /// This vector where it is not null, and the other elsewhere.
  func coalesced(_ other: Vector) -> Vector {
    guard let nulls else { return self }
    let isFirst = nulls.indices.map { !nulls[$0] || faults?[$0] != nil }
    return pick(self, other, by: isFirst, also: self)
  }

  /// The first where the condition holds, and the second elsewhere. The condition has the lanes of
  /// `also`, whose faults count too.
  private func pick(
    _ first: Vector, _ second: Vector, by condition: [Bool], also: Vector
  ) -> Vector {
    let isConstant = also.isConstant && first.isConstant && second.isConstant
    let count =
      [also, first, second].filter { !$0.isConstant }.map(\.lanes.count).min() ?? 1
    let takesFirst =
      also.isConstant ? [Bool](repeating: condition[0], count: count) : condition
    let lanes: Lanes =
      switch first.lanes {
      case .int64: .int64(Self.lanes(first, second, takesFirst))
      case .double: .double(Self.lanes(first, second, takesFirst))
      case .bool: .bool(Self.lanes(first, second, takesFirst))
      case .int32: .int32(Self.lanes(first, second, takesFirst))
      case .text: .text(Self.lanes(first, second, takesFirst))
      }
    var result = Vector(first.type, lanes, isConstant: isConstant)
    if first.nulls != nil || second.nulls != nil {
      result.nulls = takesFirst.indices.map { (takesFirst[$0] ? first : second).isNull($0) }
    }
    if also.faults != nil || first.faults != nil || second.faults != nil {
      for row in takesFirst.indices {
        let chosen = takesFirst[row] ? first : second
        let fault =
          also.faults?[also.isConstant ? 0 : row] ?? chosen.faults?[chosen.isConstant ? 0 : row]
        if let fault { result.faults.add(fault, at: row) }
      }
    }
    return result
  }

  private static func lanes<Element: LaneElement>(
    _ first: Vector, _ second: Vector, _ takesFirst: [Bool]
  ) -> [Element] {
    let (one, two) = (first.values(Element.self), second.values(Element.self))
    // A constant has a single lane, so its step is 0.
    let (firstStep, secondStep) = (first.isConstant ? 0 : 1, second.isConstant ? 0 : 1)
    return [Element](unsafeUninitializedCapacity: takesFirst.count) { output, count in
      one.withUnsafeBufferPointer { one in
        two.withUnsafeBufferPointer { two in
          for row in takesFirst.indices {
            output.initializeElement(
              at: row, to: takesFirst[row] ? one[row &* firstStep] : two[row &* secondStep])
          }
        }
      }
      count = takesFirst.count
    }
  }
}
