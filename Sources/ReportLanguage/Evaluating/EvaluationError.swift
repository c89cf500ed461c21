/// A value that cannot be computed.
public struct EvaluationError: Error, Hashable, Sendable {
  /// Why.
  public enum Reason: Hashable, Sendable {
    /// A number divided by zero.
    case divisionByZero
    /// A whole number or decimal beyond 64 bits.
    case overflow
    /// A `substring` that begins before the first character or has a negative length.
    case invalidSubstring
    /// A text joined from others of more than `longestText` bytes.
    case textTooLong
  }

  /// A text that is joined to itself from record to record would double its length each time.
  static let longestText = 1 << 16

  /// Why.
  public let reason: Reason
  /// What could not be computed.
  public let expression: Expression
  /// The record, counted from 1 in the order of the source; nil where there was none at hand.
  public var record: Int?

  init(_ reason: Reason, _ expression: Expression, record: Int? = nil) {
    self.reason = reason
    self.expression = expression
    self.record = record
  }
}

extension EvaluationError: CustomStringConvertible {
  /// What happened, where, and what to do.
  public var description: String {
    let location = record.map { " in record \($0)" } ?? ""
    return switch reason {
    case .divisionByZero:
      "division by zero\(location) in: \(expression.text); exclude zero by `if … then … else …`"
    case .overflow:
      "a number beyond 64 bits\(location) in: \(expression.text); calculate with doubles"
    case .invalidSubstring:
      "a substring begins before the first character, or is shorter than nothing,\(location) in: "
        + "\(expression.text); characters are counted from 1"
    case .textTooLong:
      "a text of more than \(Self.longestText) bytes\(location) in: \(expression.text); "
        + "join shorter ones"
    }
  }
}

/// Lanes whose value could not be computed. They are an error only where the value is used: what
/// a filter dropped or the other branch of an `if` would have been is nobody's concern.
typealias Faults = [Int: EvaluationError]
