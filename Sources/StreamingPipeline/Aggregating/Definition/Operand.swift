/// The values that an aggregate is computed over or that groups are made by: a field of the records
/// that leave the transformer, or a column computed from them.
public enum Operand: Hashable, Sendable {
  /// A field, by name.
  case field(String)
  /// A column computed from the fields, one batch at a time.
  case computed(ComputedColumn)
}

extension Operand: ExpressibleByStringLiteral {
  /// The name of a field.
  public init(stringLiteral value: String) { self = .field(value) }
}

extension Operand: CustomStringConvertible {
  /// The field's name, or the computed column's text.
  public var description: String {
    switch self {
    case .field(let name): name
    case .computed(let column): column.text
    }
  }
}

/// A type that can be used as an operand: the name of a field, a computed column or an operand.
public protocol OperandConvertible {
  /// The value as an operand.
  var operand: Operand { get }
}

extension String: OperandConvertible {
  /// The field of this name.
  public var operand: Operand { .field(self) }
}

extension ComputedColumn: OperandConvertible {
  /// This column.
  public var operand: Operand { .computed(self) }
}

extension Operand: OperandConvertible {
  /// This operand.
  public var operand: Operand { self }
}
