/// The fields of a stream of records, in order.
///
/// A schema is made once for a stream and shared by all its batches.
public final class Schema: Sendable {
  /// The fields, in the order of a batch's columns.
  public let fields: [Field]
  /// The field that identifies a record in messages, if any.
  public let key: String?
  private let positions: [String: Int]

  /// Makes a schema.
  ///
  /// - Throws: `PipelineError.duplicateField`, `.unknownField` for a key that is not a field, and
  ///   `.invalidOption` for a decimal scale outside 0...18.
  public init(_ fields: [Field], key: String? = nil) throws(PipelineError) {
    var positions: [String: Int] = [:]
    for (position, field) in fields.enumerated() {
      guard positions.updateValue(position, forKey: field.name) == nil else {
        throw .duplicateField(field.name)
      }
      if case .decimal(let scale) = field.type, !(0...18).contains(scale) {
        throw .invalidOption(name: "scale of \(field.name)", value: "\(scale)", permitted: "0...18")
      }
    }
    self.fields = fields
    self.positions = positions
    self.key = key
    if let key, positions[key] == nil {
      throw .unknownField(key, known: fields.map(\.name), usedBy: "key")
    }
  }

  /// The index of a field; nil when there is none of that name.
  public func position(of name: String) -> Int? { positions[name] }

  /// The index of a field.
  ///
  /// - Throws: `PipelineError.unknownField`, which names what uses the field (`usedBy`).
  public func requirePosition(
    of name: String, usedBy: @autoclosure () -> String
  ) throws(PipelineError) -> Int {
    guard let position = positions[name] else {
      throw .unknownField(name, known: fields.map(\.name), usedBy: usedBy())
    }
    return position
  }

  /// This schema with one field replaced where the name exists, or else added at the end.
  func setting(_ field: Field) throws(PipelineError) -> Schema {
    var fields = fields
    if let position = positions[field.name] {
      fields[position] = field
    } else {
      fields.append(field)
    }
    return try Schema(fields, key: key)
  }
}

extension Schema: Equatable {
  /// Whether fields and key are equal.
  public static func == (left: Schema, right: Schema) -> Bool {
    left === right || (left.fields == right.fields && left.key == right.key)
  }
}
