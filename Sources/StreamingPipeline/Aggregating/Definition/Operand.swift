/// What a figure is computed over, or what a group is made by: a field of the records that leave
/// the transformer, or a column computed from them.
public enum Operand: Hashable, Sendable {
  /// A field, by name.
  case field(String)
  /// A column computed from the fields, a batch at a time.
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

/// What can stand where an operand is wanted: the name of a field, a computed column, an operand.
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
  /// Itself.
  public var operand: Operand { self }
}
