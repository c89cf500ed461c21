/// A condition on the fields of a record, evaluated a column at a time.
///
/// ```swift
/// let isLarge = Predicate.compare("amount", .greaterOrEqual, 10.0) && !.isNull("region")
/// ```
public struct Predicate: Hashable, Sendable {
  /// How a field is compared with a value.
  public enum Comparison: Hashable, Sendable {
    /// `=`
    case equal
    /// `!=`
    case notEqual
    /// `<`
    case less
    /// `<=`
    case lessOrEqual
    /// `>`
    case greater
    /// `>=`
    case greaterOrEqual
  }

  indirect enum Node: Hashable, Sendable {
    /// `field op value`
    case compare(String, Comparison, Value)
    /// `field is null`
    case isNull(String)
    /// `a and b`
    case and(Node, Node)
    /// `a or b`
    case or(Node, Node)
    /// `not a`
    case not(Node)
  }

  let node: Node

  /// The predicate `field op value`; unknown where the field is null. Starting a pipeline throws
  /// for a null value: use `isNull` instead.
  public static func compare(
    _ field: String, _ comparison: Comparison, _ value: Value
  ) -> Predicate {
    Predicate(node: .compare(field, comparison, value))
  }

  /// Whether a field is null. The answer is never unknown.
  public static func isNull(_ field: String) -> Predicate { Predicate(node: .isNull(field)) }

  /// True where both are true; false where either is false; else unknown.
  public static func && (left: Predicate, right: Predicate) -> Predicate {
    Predicate(node: .and(left.node, right.node))
  }

  /// True where either is true; false where both are false; else unknown.
  public static func || (left: Predicate, right: Predicate) -> Predicate {
    Predicate(node: .or(left.node, right.node))
  }

  /// True where the predicate is false, and false where it is true; unknown stays unknown.
  public static prefix func ! (predicate: Predicate) -> Predicate {
    Predicate(node: .not(predicate.node))
  }
}
