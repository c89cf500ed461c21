/// The records over which an aggregate is computed.
public enum Condition: Hashable, Sendable {
  /// The records for which a predicate holds.
  case predicate(Predicate)
  /// The records for which a column of truth values is true.
  case computed(ComputedColumn)
}

extension Condition: CustomStringConvertible {
  /// The condition as it is written.
  public var description: String {
    switch self {
    case .predicate(let predicate): predicate.description
    case .computed(let column): column.text
    }
  }
}

extension Predicate: CustomStringConvertible {
  /// The condition as it is written, such as `amount > 10 and not (region is null)`.
  public var description: String { node.description }
}

extension Predicate.Node: CustomStringConvertible {
  var description: String {
    switch self {
    case .compare(let field, let comparison, let value): "\(field) \(comparison) \(value)"
    case .isNull(let field): "\(field) is null"
    case .and(let left, let right): "(\(left) and \(right))"
    case .or(let left, let right): "(\(left) or \(right))"
    case .not(let inner): "not (\(inner))"
    }
  }
}

extension Predicate.Comparison: CustomStringConvertible {
  /// The sign.
  public var description: String {
    switch self {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
