import StreamingPipeline

/// A type of the elements of lanes. The set is closed.
protocol LaneElement: Sendable {
  static func values(of lanes: Vector.Lanes) -> [Self]?
  static func lanes(_ values: [Self]) -> Vector.Lanes
  static var placeholder: Self { get }
}

extension Int64: LaneElement {
  static func values(of lanes: Vector.Lanes) -> [Int64]? {
    if case .int64(let values) = lanes { values } else { nil }
  }
  static func lanes(_ values: [Int64]) -> Vector.Lanes { .int64(values) }
}

extension Double: LaneElement {
  static func values(of lanes: Vector.Lanes) -> [Double]? {
    if case .double(let values) = lanes { values } else { nil }
  }
  static func lanes(_ values: [Double]) -> Vector.Lanes { .double(values) }
}

extension Bool: LaneElement {
  static func values(of lanes: Vector.Lanes) -> [Bool]? {
    if case .bool(let values) = lanes { values } else { nil }
  }
  static func lanes(_ values: [Bool]) -> Vector.Lanes { .bool(values) }
}

extension Int32: LaneElement {
  static func values(of lanes: Vector.Lanes) -> [Int32]? {
    if case .int32(let values) = lanes { values } else { nil }
  }
  static func lanes(_ values: [Int32]) -> Vector.Lanes { .int32(values) }
}

extension String: LaneElement {
  static func values(of lanes: Vector.Lanes) -> [String]? {
    if case .text(let values) = lanes { values } else { nil }
  }
  static func lanes(_ values: [String]) -> Vector.Lanes { .text(values) }
  static var placeholder: String { "" }
}

extension Vector {
  /// The buffer of these elements; typing guarantees that it has this type.
  func values<Element: LaneElement>(_: Element.Type = Element.self) -> [Element] {
    guard let values = Element.values(of: lanes) else {
      preconditionFailure("a vector of \(type) is read as \(Element.self)")
    }
    return values
  }
}
